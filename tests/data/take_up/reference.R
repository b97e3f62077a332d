# Writes reference.json: what the R package survey says of docs/cli/examples/receipt.csv. Run by hand in this folder; the tests read the file.
library(survey)
units <- read.csv("../../../docs/cli/examples/receipt.csv", check.names = FALSE)
names(units) <- gsub("@2024-", "_", names(units))
months <- sprintf("%02d", 1:9)
right <- sapply(months, function(m) units[[paste0("rsa_right_", m)]])
paid <- sapply(months, function(m) units[[paste0("rsa_receipt_", m)]])
quarter <- function(x, last) rowSums(x[, (last - 2):last])
units$eligible <- as.numeric(right[, 9] > 0)
units$out <- as.numeric(right[, 9] > 0 & paid[, 9] == 0)
units$right <- right[, 9]
units$lost <- pmax(right[, 9] - paid[, 9], 0) * units$eligible
units$eligible_quarter <- as.numeric(quarter(right, 9) > 0)
missed <- sapply(c(3, 6, 9), function(last) quarter(right, last) > 0 & quarter(paid * (right > 0), last) == 0)
units$out_quarter <- as.numeric(missed[, 3])
units$out_durable <- as.numeric(missed[, 1] & missed[, 2] & missed[, 3])
units$any_paid <- as.numeric(paid[, 9] > 0)
units$paid_without_right <- as.numeric(paid[, 9] > 0 & right[, 9] == 0)
linearised <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = units)
replicated <- svrepdesign(data = units, weights = ~weight, repweights = "rep[0-9]+", type = "bootstrap", combined.weights = TRUE,
                          scale = 1 / 9, rscales = rep(1, 10), mse = TRUE)
figures <- function(design) {
  ratio <- function(a, b, d = design) { r <- svyratio(a, b, d); c(unname(coef(r)), unname(SE(r))) }
  total <- function(a, factor) { t <- svytotal(a, design); factor * c(unname(coef(t)), unname(SE(t))) }
  hlm <- subset(design, tenure == "hlm")
  list(eligible_units = total(~eligible, 1), unclaimed_a_year = total(~lost, 12), rate_heads = ratio(~out, ~eligible), rate_euros = ratio(~lost, ~right),
       rate_quarter = ratio(~out_quarter, ~eligible_quarter), rate_durable = ratio(~out_durable, ~eligible_quarter),
       beta_error = ratio(~paid_without_right, ~any_paid), hlm_rate_heads = ratio(~out, ~eligible, hlm))
}
line <- function(name, pair) sprintf('  "%s": [%.17g, %.17g]', name, pair[1], pair[2])
block <- function(name, found) paste0(' "', name, '": {\n', paste(mapply(line, names(found), found), collapse = ",\n"), "\n }")
writeLines(c("{", sprintf(' "made_with": "R %s, survey %s",', getRversion(), packageVersion("survey")),
             paste0(block("linearised", figures(linearised)), ","), block("replicated", figures(replicated)), "}"), "reference.json")
