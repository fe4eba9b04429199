# Runs Stein 2019 with deSolve's lsoda and the compiled model for many rows of parameters; asked and answering as runs-scipy.py.
#   Rscript runs-desolve.R MODEL.so ROWS
suppressPackageStartupMessages(library(deSolve))
arguments <- commandArgs(trailingOnly = TRUE)
dyn.load(arguments[[1]])
dll <- sub("[.]so$", "", basename(arguments[[1]]))
rows <- as.matrix(read.table(arguments[[2]]))
days <- c(28, 90)

part <- function(y, times, p, tcrit = NULL)
  lsoda(y, times, "stein_derivs", p, rtol = 1e-6, atol = 1e-9, jacfunc = "stein_jac", jactype = "fullusr", dllname = dll,
    initfunc = "stein_init", tcrit = tcrit)

run <- function(r) {
  tmax <- r[[2]]
  p <- c(log(r[[1]]) / tmax, r[[4]], r[[5]] * (r[[4]] - r[[6]]), r[[6]], 0, 0, 0)
  first <- part(c(r[[3]] / r[[1]], 0), c(0, days[days < tmax], tmax), p, tmax)
  p[[7]] <- 1
  second <- part(as.vector(first[nrow(first), 2:3]), c(tmax, days[days >= tmax]), p)
  c(rowSums(first[-c(1, nrow(first)), 2:3, drop = FALSE]), rowSums(second[-1, 2:3, drop = FALSE]))
}

input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  started <- proc.time()
  values <- vapply(seq_len(nrow(rows)), function(k) run(rows[k, ]), numeric(length(days)))
  spent <- proc.time() - started
  cat("=", sprintf("%.0f", 1e9 * (spent[["user.self"]] + spent[["sys.self"]])), sprintf("%.12g", values), "\n")
  flush(stdout())
}
