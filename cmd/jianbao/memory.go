package main

import (
	"os"
	"runtime/debug"
)

// seldomCollected is how much garbage there may be beside what is in use, in
// percent. What the program keeps is small, some tens of MB, of which a collector
// that runs whenever it has doubled takes a third of the engine's time; with twice
// as much a hundred thousand letters stay under 128 MB.
const seldomCollected = 200

// collectSeldom lets the collector rest, unless the operator has said otherwise
// (GOGC).
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(seldomCollected)
	}
}
