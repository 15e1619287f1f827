package main

import (
	"os"
	"strconv"
)

func init() {
	for i := range corpora {
		if v, err := strconv.Atoi(os.Getenv("ORDER")); err == nil {
			corpora[i].order = v
		}
		if v, err := strconv.Atoi(os.Getenv("MOST")); err == nil {
			corpora[i].most = v
		}
		if v, err := strconv.ParseFloat(os.Getenv("PRUNE"), 64); err == nil {
			corpora[i].prune = v
		}
		if v, err := strconv.ParseFloat(os.Getenv("TRIM"), 64); err == nil {
			corpora[i].trim = v
		}
	}
}
