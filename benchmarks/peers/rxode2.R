# Milliseconds that rxode2 takes to make a model of a text, C compiler included.
#   Rscript rxode2.R TEXT_FILE
suppressPackageStartupMessages(library(rxode2))
text <- paste(readLines(commandArgs(trailingOnly = TRUE)[[1]]), collapse = "\n")
source <- if (grepl("function[[:space:]]*[(]", text)) eval(parse(text = text)) else text
start <- proc.time()[["elapsed"]]
model <- suppressMessages(rxode2(source))
cat(1000 * (proc.time()[["elapsed"]] - start), "\n")
