"""Writes receipt.csv, the example of `takeup report`: 300 invented units with rights and receipts of nine months. Run by hand."""
from pathlib import Path

import numpy as np
rng=np.random.default_rng(20261123)
n=300
stratum=np.repeat(["bourg","campagne","ville"],[75,75,150])
cluster=np.concatenate([np.repeat(np.arange(15),5),15+np.repeat(np.arange(15),5),30+np.repeat(np.arange(30),5)])
u=rng.normal(size=60)[cluster]*0.5
weight=rng.uniform(50,150,n).round(1)
age=rng.integers(20,70,n)
tenure=rng.choice(["hlm","proprietaire","locataire"],n,p=[.4,.2,.4])
uc=rng.choice([1.0,1.3,1.5,1.8],n)
months=["2024-%02d"%m for m in range(1,10)]
cols={}
for b,share,level in (("rsa",0.45,400),("ppa",0.5,180)):
    has=rng.uniform(size=n)<share
    start=np.where(rng.uniform(size=n)<0.25,rng.integers(1,9,n),0)
    right=np.where(has,rng.gamma(2.0,level/2,n)+15,0).round(0)
    claims=rng.uniform(size=n)<1/(1+np.exp(-(-0.6+right/300+0.5*(tenure=="hlm")+u)))
    lag=rng.integers(0,4,n)*(start>0)
    part=rng.uniform(size=n)<0.08
    wrong=rng.uniform(size=n)<0.1
    refused=rng.uniform(size=n)<0.03
    for m,name in enumerate(months):
        r=np.where(m>=start,right,0)
        paid=np.where((r>0)&claims&~refused&(m>=start+lag),np.where(part,(r*0.7).round(0),r),0)
        paid=np.where(~has&wrong,80,paid)
        cols[f"{b}_right@{name}"]=r; cols[f"{b}_receipt@{name}"]=paid; cols[f"{b}_claimed@{name}"]=((r>0)&claims&(m>=start+lag)).astype(int)
got=12*(cols["rsa_receipt@2024-09"]+cols["ppa_receipt@2024-09"])/uc
living=(rng.lognormal(9.45,0.35,n)*np.where(cols["rsa_right@2024-09"]>0,0.35,1)+got).round(0)
persons=(uc*1.5).round(0)
reps={}
for k in range(10):
    f=np.ones(n)
    for s in np.unique(stratum):
        cs=np.unique(cluster[stratum==s]); draw=rng.choice(cs,len(cs)-1)
        times={c:0 for c in cs}
        for c in draw: times[c]+=1
        m=stratum==s
        f[m]=[times[c]*len(cs)/(len(cs)-1) for c in cluster[m]]
    reps["rep%d"%(k+1)]=(weight*f).round(3)
head={"unit":np.arange(n),"stratum":stratum,"cluster":cluster,"weight":weight,"age":age,"tenure":tenure,"persons":persons.astype(int),"uc":uc,"living":living.astype(int)}
allc={**head,**cols,**reps}
def f(v):
    if isinstance(v,(str,np.str_)): return str(v)
    return ("%g"%round(float(v),3)) if float(v)<1e5 else str(int(v))
with open(Path(__file__).parents[3] / "docs/cli/examples/receipt.csv","w") as out:
    out.write(",".join(allc)+"\n")
    for i in range(n): out.write(",".join(f(c[i]) for c in allc.values())+"\n")
