# Fits each patient's course of Stein 2019 with minpack.lm's nls.lm and deSolve's compiled lsoda.
#   Rscript fit-minpack.R MODEL.so NUMBERS
# Every line on standard input is answered by "= NANOSECONDS OBJECTIVE ...": CPU time of all fits, sums of squares.
suppressPackageStartupMessages({ library(deSolve); library(minpack.lm) })
arguments <- commandArgs(trailingOnly = TRUE)
dyn.load(arguments[[1]])
dll <- sub("[.]so$", "", basename(arguments[[1]]))
raw <- scan(arguments[[2]], quiet = TRUE)
n <- raw[[1]]; patients <- raw[[2]]; m <- raw[[3]]; sd <- raw[[4]]
start <- raw[4 + seq_len(n)]
data <- lapply(seq_len(patients), function(k) {
  at <- 4 + n + (k - 1) * 2 * m
  list(times = raw[at + seq_len(m)], logs = raw[at + m + seq_len(m)])
})
TOLERANCE <- 1e-6

part <- function(y, times, p, after) lsoda(y, times, "stein_derivs", c(p, after), rtol = TOLERANCE, atol = 1e-9, jacfunc = "stein_jac",
  jactype = "fullusr", dllname = dll, initfunc = "stein_init", maxsteps = 1e5, tcrit = times[[length(times)]])

residuals_of <- function(x, patient) {
  foldx <- exp(x[[1]]); tmax <- exp(x[[2]]); cmax <- exp(x[[3]]); alpha <- exp(x[[4]]); fb <- exp(x[[5]]); beta <- exp(x[[6]])
  p <- c(log(foldx) / tmax, alpha, fb * (alpha - beta), beta, 0, 0)
  times <- patient$times
  early <- times[times < tmax]; late <- times[times >= tmax]
  y <- c(cmax / foldx, 0)
  out <- numeric(0)
  last <- times[[length(times)]]
  first <- part(y, unique(c(0, early, min(tmax, last))), p, 0)
  if (length(early) > 0) out <- first[1 + seq_along(early), 2] + first[1 + seq_along(early), 3]
  if (length(late) > 0) {
    y <- as.vector(first[nrow(first), 2:3])
    second <- part(y, unique(c(tmax, late)), p, 1)
    kept <- seq.int(nrow(second) - length(late) + 1, nrow(second))
    out <- c(out, second[kept, 2] + second[kept, 3])
  }
  (log(pmax(out, 1e-300)) - patient$logs) / sd
}

control <- nls.lm.control(ftol = 1e-8, ptol = 1e-6, epsfcn = 1e-8, maxiter = 200)
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  started <- proc.time()
  objectives <- vapply(data, function(patient) {
    fitted <- tryCatch(nls.lm(start, fn = residuals_of, patient = patient, control = control), error = function(e) NULL)
    if (is.null(fitted)) NaN else sum(fitted$fvec^2)
  }, 0)
  spent <- proc.time() - started
  cat("=", sprintf("%.9g", 1e9 * (spent[["user.self"]] + spent[["sys.self"]])), sprintf("%.12g", objectives), "\n")
  flush(stdout())
}
