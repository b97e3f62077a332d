# Writes spells.csv, two_benefits.csv, eligibility.csv and reference_r.json: stored samples, and what R says of them and of sample.csv. Run by hand
# in this folder (Rscript reference.R; packages survey, survival, VGAM, pbivnorm, numDeriv, jsonlite); the tests read the files.
suppressPackageStartupMessages({
  library(survey)
  library(survival)
  library(VGAM)
  library(pbivnorm)
  library(numDeriv)
  library(jsonlite)
})
tight <- list(epsilon = 1e-15, maxit = 200)
numbers <- function(coefficients, covariance, log_likelihood = NULL) {
  out <- list(coefficients = unname(coefficients), standard_errors = unname(sqrt(diag(covariance))))
  if (!is.null(log_likelihood)) out$log_likelihood <- as.numeric(log_likelihood)
  out
}

# Log-likelihood of one unit by its index; the observed information is its second derivative by numDeriv, where glm has the expected one.
unit_log_likelihood <- function(link, index, y) {
  if (link == "logit") return(ifelse(y == 1, plogis(index, log.p = TRUE), plogis(-index, log.p = TRUE)))
  if (link == "probit") return(ifelse(y == 1, pnorm(index, log.p = TRUE), pnorm(-index, log.p = TRUE)))
  ifelse(y == 1, log(-expm1(-exp(index))), -exp(index))
}
observed_information <- function(link, b, x, y, w) -hessian(function(b) sum(w * unit_log_likelihood(link, drop(x %*% b), y)), b)
# One unit's score is the derivative by its index times its row.
scores <- function(link, b, x, y, w) {
  index <- drop(x %*% b)
  w * grad(function(i) unit_log_likelihood(link, i, y), index) * x
}

sample <- read.csv("sample.csv")
sample$stratum <- sample$cluster %% 3
formula <- receives ~ log_right + age + hlm
x <- model.matrix(formula, sample)
designs <- list(
  weighted = svydesign(ids = ~1, weights = ~weight, data = sample),
  clustered = svydesign(ids = ~cluster, weights = ~weight, data = sample),
  stratified = svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = sample),
  stratified_units = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = sample)
)
reference <- list(by = paste0(R.version.string, ", survey ", packageVersion("survey"), ", survival ", packageVersion("survival"), ", VGAM ", packageVersion("VGAM")))
for (link in c("logit", "probit", "cloglog")) {
  plain <- glm(formula, binomial(link), sample, control = tight)
  reference$glm[[link]] <- numbers(coef(plain), solve(observed_information(link, coef(plain), x, sample$receives, 1)), logLik(plain))
  for (name in names(designs)) {
    design <- designs[[name]]
    fit <- svyglm(formula, design, family = quasibinomial(link), control = tight)
    # The meat by survey's own variance of a total, for links whose expected information is not the observed one.
    bread <- solve(observed_information(link, coef(fit), x, sample$receives, sample$weight))
    meat <- vcov(svytotal(scores(link, coef(fit), x, sample$receives, 1), design))
    # R's own errors for the logit, where both informations are one.
    covariance <- if (link == "logit") vcov(fit) else bread %*% meat %*% bread
    reference$svyglm[[link]][[name]] <- numbers(coef(fit), covariance)
  }
}
logit <- glm(formula, binomial("logit"), sample, control = tight)
p <- fitted(logit)
n <- nrow(sample)
null <- logLik(glm(receives ~ 1, binomial("logit"), sample, control = tight))
cox_snell <- 1 - exp(2 / n * as.numeric(null - logLik(logit)))
reference$goodness <- list(
  mcfadden = 1 - as.numeric(logLik(logit) / null), cox_snell = cox_snell, nagelkerke = cox_snell / (1 - exp(2 / n * as.numeric(null))),
  tjur = mean(p[sample$receives == 1]) - mean(p[sample$receives == 0]), brier = mean((sample$receives - p)^2),
  area_under_curve = unname(wilcox.test(p[sample$receives == 1], p[sample$receives == 0], exact = FALSE)$statistic) / (sum(sample$receives) * sum(1 - sample$receives))
)
groups <- ceiling(rank(p, ties.method = "first") / (n / 10))
expected <- tapply(p, groups, sum)
statistic <- sum((tapply(sample$receives, groups, sum) - expected)^2 / (expected * (1 - expected / tapply(p, groups, length))))
reference$goodness$hosmer_lemeshow <- statistic
reference$goodness$hosmer_lemeshow_p_value <- pchisq(statistic, 8, lower.tail = FALSE)
reference$chi_square_above <- lapply(list(c(0.5, 1), c(3.84, 1), c(12, 2), c(7.3, 3), c(7.3, 8), c(30, 9)), function(a) c(a, pchisq(a[1], a[2], lower.tail = FALSE)))

# Months until the claim, at most 12; the hazard falls after three months.
set.seed(5)
units <- 400
spells <- data.frame(id = 1:units, x = round(rnorm(units), 4), weight = round(runif(units, 50, 250), 2))
spells$months <- 12
spells$claims <- 0
for (i in 1:units) for (month in 1:12) {
  if (runif(1) < -expm1(-exp(-2 + 0.5 * spells$x[i] - 0.7 * (month >= 4)))) {
    spells$months[i] <- month
    spells$claims[i] <- 1
    break
  }
}
write.csv(spells, "spells.csv", row.names = FALSE, quote = FALSE)
# survSplit makes the months at risk; glm the grouped proportional hazard.
at_risk <- survSplit(Surv(months, claims) ~ ., spells, cut = 1:11, start = "before", end = "month", event = "claim")
at_risk$later <- as.numeric(at_risk$month >= 4)
hazard <- glm(claim ~ x + later, binomial("cloglog"), at_risk, control = tight)
x_risk <- model.matrix(hazard)
reference$hazard$glm <- numbers(coef(hazard), solve(observed_information("cloglog", coef(hazard), x_risk, at_risk$claim, 1)), logLik(hazard))
by_spell <- svydesign(ids = ~id, weights = ~weight, data = at_risk)
weighted <- svyglm(claim ~ x + later, by_spell, family = quasibinomial("cloglog"), control = tight)
bread <- solve(observed_information("cloglog", coef(weighted), x_risk, at_risk$claim, at_risk$weight))
reference$hazard$svyglm <- numbers(coef(weighted), bread %*% vcov(svytotal(scores("cloglog", coef(weighted), x_risk, at_risk$claim, 1), by_spell)) %*% bread)
# A constant baseline is an exponential time seen by the month: survreg estimates it from the intervals, with the sign of time and not of hazard.
spells$low <- ifelse(spells$claims == 1, ifelse(spells$months == 1, NA, spells$months - 1), spells$months)
spells$high <- ifelse(spells$claims == 1, spells$months, NA)
exponential <- survreg(Surv(low, high, type = "interval2") ~ x, spells, dist = "exponential", control = survreg.control(rel.tolerance = 1e-15, maxiter = 100))
reference$hazard$survreg <- numbers(-coef(exponential), vcov(exponential), logLik(exponential))

# Two benefits.
units <- 1200
two <- data.frame(x = round(rnorm(units), 4), d = rbinom(units, 1, 0.4), cluster = rep(1:300, each = 4), weight = round(runif(units, 50, 250), 2))
e1 <- rnorm(units)
e2 <- 0.6 * e1 + 0.8 * rnorm(units)
two$first <- as.numeric(0.2 + 0.5 * two$x - 0.4 * two$d + e1 > 0)
two$second <- as.numeric(-0.3 + 0.3 * two$x + e2 > 0)
write.csv(two, "two_benefits.csv", row.names = FALSE, quote = FALSE)
x1 <- model.matrix(~ x + d, two)
x2 <- model.matrix(~x, two)
joint_log_likelihood <- function(b) {
  s1 <- 2 * two$first - 1
  s2 <- 2 * two$second - 1
  log(pbivnorm(s1 * drop(x1 %*% b[1:3]), s2 * drop(x2 %*% b[4:5]), s1 * s2 * tanh(b[6])))
}
vglm_fit <- vglm(cbind(first, second) ~ x + d, binom2.rho, data = two, constraints = list("(Intercept)" = diag(3), x = rbind(c(1, 0), c(0, 1), c(0, 0)), d = rbind(1, 0, 0)),
                 control = vglm.control(epsilon = 1e-14, maxit = 100))
# rhobitlink is log((1 + rho) / (1 - rho)), twice atanh.
b <- coef(vglm_fit)
found <- unname(c(b["(Intercept):1"], b["x:1"], b["d"], b["(Intercept):2"], b["x:2"], b["(Intercept):3"] / 2))
inverse <- solve(-hessian(function(b) sum(joint_log_likelihood(b)), found))
# VGAM's own log-likelihood is right to four digits only: its normal distribution of two is an approximation.
reference$biprobit <- numbers(found, inverse, sum(joint_log_likelihood(found)))
cluster_scores <- rowsum(jacobian(joint_log_likelihood, found), two$cluster)
reference$biprobit$clustered_errors <- sqrt(diag(inverse %*% (300 / 299 * crossprod(cluster_scores)) %*% inverse))

# Rights seen with errors: a tenth of those who seem to have one have none, a fifth of the others have one.
units <- 4000
right <- data.frame(x = round(2 * rnorm(units), 4), eligible = rbinom(units, 1, 0.7))
truly <- rbinom(units, 1, ifelse(right$eligible == 1, 0.9, 0.2))
right$receives <- truly * (pnorm(0.3 + 0.8 * right$x) > runif(units))
write.csv(right, "eligibility.csv", row.names = FALSE, quote = FALSE)
polished <- function(minus, start) {
  b <- optim(start, minus, method = "BFGS", control = list(reltol = 1e-15, maxit = 1000))$par
  for (step in 1:4) b <- b - solve(hessian(minus, b), grad(minus, b))
  list(b = b, covariance = solve(hessian(minus, b)), log_likelihood = -minus(b))
}
as_reference <- function(fit) list(parameters = fit$b, standard_errors = sqrt(diag(fit$covariance)), log_likelihood = fit$log_likelihood)
reference$eligibility <- as_reference(polished(function(b) {
  p <- ifelse(right$eligible == 1, 1 - b[3], b[4]) * pnorm(b[1] + b[2] * right$x)
  -sum(ifelse(right$receives == 1, log(p), log1p(-p)))
}, c(0.2, 0.7, 0.08, 0.18)))
seen <- read.csv("misclassified.csv")
reference$misclassified <- as_reference(polished(function(b) {
  p <- b[3] + (1 - b[3] - b[4]) * pnorm(b[1] + b[2] * seen$x)
  -sum(ifelse(seen$seen == 1, log(p), log1p(-p)))
}, c(0.3, 0.8, 0.05, 0.15)))

write(toJSON(reference, digits = NA, auto_unbox = TRUE, pretty = 1), "reference_r.json")
