// Command kouanverify checks what Kouan wrote with the Go project's own transparency log packages.
// It shares no code with Kouan: note signatures, tree hashes and proofs come from golang.org/x/mod/sumdb.
//
//	kouanverify folder VKEY FOLDER   a sealed folder: manifest, files, receipt, label
//	kouanverify log VKEY DIRECTORY   a log: entries, tiles, checkpoint, a proof of every entry
//	kouanverify vectors              prints tests/golden/tlog/vectors.json
//
// Build: GO111MODULE=off GOPATH=/usr/share/gocode go build -o kouanverify .
// (Debian: golang-go golang-golang-x-mod-dev)
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "folder":
		return checkFolder(args[1], args[2])
	case len(args) == 3 && args[0] == "log":
		return checkLog(args[1], args[2])
	case len(args) == 1 && args[0] == "vectors":
		return printVectors()
	}
	return errors.New("usage: kouanverify folder VKEY FOLDER | log VKEY DIRECTORY | vectors")
}
