package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var strict = base64.StdEncoding.Strict()

// openCheckpoint verifies a signed note against one key and returns the tree it commits to.
func openCheckpoint(vkey string, data []byte) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	// The package decodes Base64 leniently; a receipt has one spelling.
	for _, sig := range append(opened.Sigs, opened.UnverifiedSigs...) {
		if _, err := strict.DecodeString(sig.Base64); err != nil {
			return tlog.Tree{}, err
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this key's log")
	}
	size, err := decimal(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := hash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// openReceipt verifies a tlog-proof and returns the entry that it proves.
func openReceipt(vkey string, data []byte) ([]byte, error) {
	head, checkpoint, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("not a tlog-proof")
	}
	extra, isExtra := cutPrefix(lines[1], "extra ")
	index, isIndex := cutPrefix(lines[2], "index ")
	if !isExtra || !isIndex {
		return nil, errors.New("not a tlog-proof with an entry")
	}
	entry, err := strict.DecodeString(extra)
	if err != nil {
		return nil, err
	}
	number, err := decimal(index)
	if err != nil {
		return nil, err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		one, err := hash(line)
		if err != nil {
			return nil, err
		}
		proof = append(proof, one)
	}
	tree, err := openCheckpoint(vkey, []byte(checkpoint))
	if err != nil {
		return nil, err
	}
	if number >= tree.N {
		return nil, errors.New("index outside the tree")
	}
	return entry, tlog.CheckRecord(proof, tree.N, tree.Hash, number, tlog.RecordHash(entry))
}

func hash(text string) (tlog.Hash, error) {
	var result tlog.Hash
	data, err := strict.DecodeString(text)
	if err != nil || len(data) != len(result) || strings.ContainsAny(text, "\r\n") {
		return result, fmt.Errorf("not a hash: %q", text)
	}
	copy(result[:], data)
	return result, nil
}

func decimal(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != text {
		return 0, fmt.Errorf("not a decimal: %q", text)
	}
	return number, nil
}

func cutPrefix(text, prefix string) (string, bool) {
	return strings.TrimPrefix(text, prefix), strings.HasPrefix(text, prefix)
}
