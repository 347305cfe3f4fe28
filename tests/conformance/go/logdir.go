package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const height, width = 8, 256

// emptyRoot is RFC 6962's hash of no entries; x/mod 0.7.0 answers zeros for it.
var emptyRoot = tlog.Hash(sha256.Sum256(nil))

// memory holds every stored hash of the tree, recomputed from the entries.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		if index < 0 || index >= int64(len(m)) {
			return nil, errors.New("hash outside the tree")
		}
		hashes[at] = m[index]
	}
	return hashes, nil
}

// tiles reads the log's own tile files; tlog.TileHashReader authenticates what it reads.
type tiles string

func (d tiles) Height() int                     { return height }
func (d tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (d tiles) ReadTiles(t []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range t {
		one, err := os.ReadFile(filepath.Join(string(d), tilePath(tile)))
		if err != nil {
			return nil, err
		}
		data = append(data, one)
	}
	return data, nil
}

// tilePath drops the height, which C2SP tlog-tiles fixes at 8, from the Go path.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

func checkLog(vkey, directory string) error {
	data, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(vkey, data)
	if err != nil {
		return err
	}
	entries, err := readEntries(directory, tree.N)
	if err != nil {
		return err
	}
	var stored memory
	for at, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(at), entry, stored)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	root := emptyRoot
	if tree.N > 0 {
		root, err = tlog.TreeHash(tree.N, stored)
	}
	if err != nil || root != tree.Hash {
		return fmt.Errorf("the entries do not give the signed root (%v)", err)
	}
	if err := checkTiles(directory, tree, entries, stored); err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles(directory))
	for at, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(at), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(at), tlog.RecordHash(entry)); err != nil {
			return err
		}
	}
	return nil
}

func entryPath(index, count int64) string {
	tile := tlog.Tile{H: height, L: 0, N: index, W: int(count)}
	return strings.Replace(tilePath(tile), "tile/0/", "tile/entries/", 1)
}

func readEntries(directory string, size int64) ([][]byte, error) {
	var entries [][]byte
	for first := int64(0); first < size; first += width {
		count := size - first
		if count > width {
			count = width
		}
		data, err := os.ReadFile(filepath.Join(directory, entryPath(first/width, count)))
		if err != nil {
			return nil, err
		}
		for ; count > 0; count-- {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, errors.New("an entry bundle is too short")
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) > 0 {
			return nil, errors.New("an entry bundle is too long")
		}
	}
	return entries, nil
}

// required lists the widest form of every tile; NewTiles names the narrower ones of the right edge too.
func required(size int64) (list []tlog.Tile) {
	for _, tile := range tlog.NewTiles(height, 0, size) {
		if last := len(list) - 1; last >= 0 && list[last].L == tile.L && list[last].N == tile.N {
			list = list[:last]
		}
		list = append(list, tile)
	}
	return list
}

// checkTiles compares every file under tile/ with what the entries give, and misses none.
func checkTiles(directory string, tree tlog.Tree, entries [][]byte, stored memory) error {
	needed := map[string]bool{}
	for _, tile := range required(tree.N) {
		needed[tilePath(tile)] = true
	}
	err := filepath.WalkDir(filepath.Join(directory, "tile"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(directory, path)
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		wanted, err := content(filepath.ToSlash(name), entries, stored)
		if err != nil || !bytes.Equal(wanted, data) {
			return fmt.Errorf("%s: not what the entries give (%v)", name, err)
		}
		delete(needed, filepath.ToSlash(name))
		return nil
	})
	if err == nil && len(needed) > 0 {
		err = fmt.Errorf("missing tiles: %v", needed)
	}
	if tree.N == 0 && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return err
}

func content(name string, entries [][]byte, stored memory) ([]byte, error) {
	bundle := strings.HasPrefix(name, "tile/entries/")
	if bundle {
		name = strings.Replace(name, "tile/entries/", "tile/0/", 1)
	}
	tile, err := tlog.ParseTilePath(strings.Replace(name, "tile/", fmt.Sprintf("tile/%d/", height), 1))
	if err != nil {
		return nil, err
	}
	if !bundle {
		return tlog.ReadTileData(tile, stored)
	}
	first := tile.N * width
	if first+int64(tile.W) > int64(len(entries)) {
		return nil, errors.New("bundle outside the tree")
	}
	var wanted bytes.Buffer
	for _, entry := range entries[first : first+int64(tile.W)] {
		binary.Write(&wanted, binary.BigEndian, uint16(len(entry)))
		wanted.Write(entry)
	}
	return wanted.Bytes(), nil
}
