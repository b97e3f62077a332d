# Writes reference.json: what the R packages survey and sampling say of calibrated weights. Run by hand in this folder; the tests read the file.
# Sixty households of three territories with one to four persons of four ages; margins of households, persons and amounts at once.
suppressPackageStartupMessages(library(survey))
suppressPackageStartupMessages(library(sampling))
k <- 0:59
given <- 10 + (7 * k) %% 5 + 0.25 * ((3 * k) %% 7)
size <- 1 + (k * 7) %% 4
age <- sapply(0:3, function(a) sapply(k, function(h) sum((h * 5 + 3 * seq_len(1 + (h * 7) %% 4) + h %/% 4) %% 4 == a)))
x <- cbind(sapply(0:2, function(t) as.numeric(k %% 3 == t)), age, 800 + (k * 137) %% 1900)
names <- c("territory 0", "territory 1", "territory 2", "age 0", "age 1", "age 2", "age 3", "income")
colnames(x) <- paste0("m", seq_along(names))
moved <- c(1.06, 0.97, 1.02, 0.96, 1.05, 1.03, 0.99, 1.015)
total <- colSums(given * x) * moved
unit <- function(row) paste0("[", paste(sprintf("%.17g", row), collapse = ", "), "]")
design <- svydesign(ids = ~1, weights = ~given, data = data.frame(given = given, x))
form <- as.formula(paste("~0+", paste(colnames(x), collapse = "+")))
# survey stops at a relative error of epsilon; sampling at 1e-6, so its last step is checked here and not stored.
case <- function(method, lower, upper) {
  fun <- c(linear = "linear", raking = "raking", logit = "logit", truncated_linear = "linear")[[method]]
  bounds <- if (method %in% c("logit", "truncated_linear")) c(lower, upper) else c(-Inf, Inf)
  found <- calibrate(design, form, setNames(total, colnames(x)), calfun = fun, bounds = bounds, epsilon = 1e-14, maxit = 500)
  g <- weights(found) / given
  other <- if (is.finite(lower)) calib(x, given, total, method = c(logit = "logit", truncated_linear = "truncated")[[method]], bounds = c(low = lower, upp = upper), max_iter = 500)
           else calib(x, given, total, method = method, max_iter = 500)
  cat(sprintf("%-17s largest difference of survey and sampling %.1e, margins of survey %.1e, of sampling %.1e, at a bound %d\n", method, max(abs(g - other)),
              max(abs(colSums(given * g * x) / total - 1)), max(abs(colSums(given * other * x) / total - 1)), sum(abs(g - lower) < 1e-12 | abs(g - upper) < 1e-12)))
  paste0('  {"method": "', method, '", "lower": ', if (is.finite(lower)) lower else 0, ', "upper": ', if (is.finite(upper)) upper else 0, ', "ratios": ', unit(g), "}")
}
cases <- c(case("linear", -Inf, Inf), case("raking", -Inf, Inf), case("logit", 0.6, 1.6), case("truncated_linear", 0.85, 1.18))
writeLines(c("{", sprintf(' "made_with": "R %s, survey %s, sampling %s",', getRversion(), packageVersion("survey"), packageVersion("sampling")),
             paste0(' "margins": [', paste(sprintf('{"name": "%s", "total": %.17g}', names, total), collapse = ", "), "],"),
             paste0(' "weights": ', unit(given), ","),
             paste0(' "units": [\n  ', paste(apply(x, 1, unit), collapse = ",\n  "), "\n ],"),
             paste0(' "cases": [\n', paste(cases, collapse = ",\n"), "\n ]"), "}"), "reference.json")
