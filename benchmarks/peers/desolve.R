# deSolve's lsoda on one problem with a compiled C model; asked line by line as cvode-driver.c says.
#   Rscript desolve.R MODEL.so STATES PARAMETERS DATA
suppressPackageStartupMessages(library(deSolve))
arguments <- commandArgs(trailingOnly = TRUE)
library_path <- arguments[[1]]
n <- as.integer(arguments[[2]])
parameter_count <- as.integer(arguments[[3]])
dyn.load(library_path)
dll <- sub("[.]so$", "", basename(library_path))
raw <- readBin(arguments[[4]], "double", file.size(arguments[[4]]) / 8)
subjects <- raw[[1]]; outputs <- raw[[2]]; segments <- raw[[3]]
floors <- raw[3 + seq_len(n)]
times <- raw[3 + n + seq_len(outputs)]
at <- 3 + n + outputs
starts <- raw[at + (seq_len(segments) - 1) * (n + 1) + 1]
rates <- lapply(seq_len(segments), function(g) raw[at + (g - 1) * (n + 1) + 1 + seq_len(n)])
at <- at + segments * (n + 1)
members <- lapply(seq_len(subjects), function(k) raw[at + (k - 1) * (parameter_count + n) + seq_len(parameter_count + n)])
stops <- c(starts[-1], times[[outputs]])
inside <- lapply(seq_len(segments), function(g) times[times > starts[[g]] & times <= stops[[g]]])
grids <- lapply(seq_len(segments), function(g) unique(c(starts[[g]], inside[[g]], stops[[g]])))

solve_subject <- function(member, rtol) {
  y <- member[parameter_count + seq_len(n)]
  parameters <- member[seq_len(parameter_count)]
  rows <- vector("list", segments)
  for (g in seq_len(segments)) {
    out <- tryCatch(suppressWarnings(lsoda(y, grids[[g]], "derivs", c(parameters, rates[[g]]), rtol = rtol, atol = rtol * floors,
      jacfunc = "jac", jactype = "fullusr", dllname = dll, initfunc = "initmod", maxsteps = 1e6, tcrit = stops[[g]])), error = function(e) NULL)
    if (is.null(out) || nrow(out) < length(grids[[g]])) return(matrix(NaN, n, outputs))
    told <- attributes(out)$istate
    effort <<- effort + c(told[[2]], told[[3]])
    y <- as.vector(out[nrow(out), 1 + seq_len(n)])
    rows[[g]] <- t(out[1 + seq_along(inside[[g]]), 1 + seq_len(n), drop = FALSE])
  }
  do.call(cbind, rows)
}

input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
  word <- strsplit(line, " ", fixed = TRUE)[[1]]
  rtol <- as.numeric(word[[3]])
  keep <- word[[1]] == "values"
  repeats <- if (keep) 1 else as.integer(word[[4]])
  effort <- c(0, 0)
  started <- proc.time()
  for (r in seq_len(repeats)) values <- lapply(members, solve_subject, rtol = rtol)
  spent <- proc.time() - started
  if (keep) writeBin(unlist(values, use.names = FALSE), word[[4]])
  cat(sprintf("= %.9g %g NaN %g\n", 1e9 * (spent[["user.self"]] + spent[["sys.self"]]) / repeats, effort[[1]] / repeats, effort[[2]] / repeats))
  flush(stdout())
}
