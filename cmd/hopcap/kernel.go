package main

// The kernels are chosen in package model; here are their flags and names.

func kernelNames() string      { return "go" }
func kernelName() string       { return "go" }
func useKernel(_ string) error { return nil }
func cpuName() string          { return "" }
