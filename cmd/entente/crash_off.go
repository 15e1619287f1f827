//go:build !crashtest

package main

// crashStep is nil in every build but the one that tests kill.
var crashStep func(string)
