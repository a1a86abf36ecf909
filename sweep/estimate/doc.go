// Package estimate reduces records to estimates, lays out both as tables, exports these
// as CSV, JSON and Parquet, and compares two results point by point.
//
// It knows what columns are for (study.Role), and reads records from a store; package
// summary has the statistics. An estimate stays a summary.Summary, with what it is and
// how sure it is, until a file wants plain numbers. It runs nothing and draws nothing.
package estimate
