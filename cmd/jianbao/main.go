// Command jianbao is the desk where an office's numbered bulletin is edited,
// reviewed, signed off, numbered, counted and sent.
//
// The rooms beneath it are being built one by one; so far the program tells
// its version.
package main

import "fmt"

// version is set by the build.
var version = "unknown"

func main() { fmt.Println("jianbao", version) }
