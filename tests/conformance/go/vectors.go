package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const largest = 20

type inclusion struct {
	Size, Index int64
	Proof       []tlog.Hash
}

type consistency struct {
	Old, New int64
	Proof    []tlog.Hash
}

type signed struct {
	Seed, Skey, Vkey, Text, Note string
}

type vectors struct {
	Made        string
	Entries     [][]byte
	Leaves      []tlog.Hash
	Roots       []tlog.Hash
	Inclusion   []inclusion
	Consistency []consistency
	Notes       []signed
	TilePaths   map[int64][]string
}

func printVectors() error {
	result := vectors{
		Made:      "tests/conformance/go: kouanverify vectors > tests/golden/tlog/vectors.json (golang.org/x/mod)",
		TilePaths: map[int64][]string{},
	}
	var stored memory
	result.Roots = append(result.Roots, emptyRoot)
	for size := int64(1); size <= largest; size++ {
		entry := []byte(strings.Repeat(fmt.Sprintf("entry %d;", size-1), int(size-1)))
		hashes, err := tlog.StoredHashes(size-1, entry, stored)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		result.Entries = append(result.Entries, entry)
		result.Leaves = append(result.Leaves, tlog.RecordHash(entry))
		if err := result.addTree(size, stored); err != nil {
			return err
		}
	}
	for _, size := range []int64{1, 255, 256, 257, 512, 65535, 65536, 70000} {
		for _, tile := range required(size) {
			if tile.N < 2 || tile.W < width {
				result.TilePaths[size] = append(result.TilePaths[size], tilePath(tile))
			}
		}
	}
	if err := result.addNotes(); err != nil {
		return err
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(result)
}

func (v *vectors) addTree(size int64, stored memory) error {
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		return err
	}
	v.Roots = append(v.Roots, root)
	for index := int64(0); index < size; index++ {
		proof, err := tlog.ProveRecord(size, index, stored)
		if err != nil {
			return err
		}
		v.Inclusion = append(v.Inclusion, inclusion{size, index, proof})
	}
	for old := int64(1); old <= size; old++ {
		proof, err := tlog.ProveTree(size, old, stored)
		if err != nil {
			return err
		}
		v.Consistency = append(v.Consistency, consistency{old, size, proof})
	}
	return nil
}

func (v *vectors) addNotes() error {
	texts := []string{"one line\n", "a text\n\nwith an empty line\n", "出境存证\n7\n" + v.Roots[7].String() + "\n"}
	for at, name := range []string{"example.com/log", "kouan-0123456789ab", "口岸.example/出境"} {
		seed := bytes.Repeat([]byte{byte(at + 1)}, ed25519.SeedSize)
		vkey, err := note.NewEd25519VerifierKey(name, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
		if err != nil {
			return err
		}
		id := strings.Split(vkey, "+")[1]
		secret := base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
		skey := fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, id, secret)
		signer, err := note.NewSigner(skey)
		if err != nil {
			return err
		}
		message, err := note.Sign(&note.Note{Text: texts[at]}, signer)
		if err != nil {
			return err
		}
		v.Notes = append(v.Notes, signed{base64.StdEncoding.EncodeToString(seed), skey, vkey, texts[at], string(message)})
	}
	return nil
}
