package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

type manifest struct {
	Body struct {
		Kind   string `json:"kind"`
		Parent string `json:"parent"`
		Files  []struct {
			Path   string `json:"path"`
			Size   int64  `json:"size"`
			Sha256 string `json:"sha256"`
		} `json:"files"`
	} `json:"body"`
}

// checkFolder verifies a sealed folder and, in a clearance, the release inside it.
func checkFolder(vkey, folder string) error {
	_, err := checkSealed(vkey, folder, "")
	return err
}

func checkSealed(vkey, folder, parent string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return "", err
	}
	proof, err := os.ReadFile(filepath.Join(folder, "receipt"))
	if err != nil {
		return "", err
	}
	entry, err := openReceipt(vkey, proof)
	if err != nil {
		return "", fmt.Errorf("receipt: %w", err)
	}
	var event struct{ Kind, Manifest, Parent string }
	if err := json.Unmarshal(entry, &event); err != nil {
		return "", err
	}
	var listed manifest
	if err := json.Unmarshal(raw, &listed); err != nil {
		return "", err
	}
	body := listed.Body
	if event.Manifest != digest(raw) || event.Kind != "kouan/"+body.Kind+"/v1" || event.Parent != body.Parent {
		return "", errors.New("receipt: it is for another manifest")
	}
	if parent != "" && event.Parent != parent {
		return "", errors.New("the release belongs to another clearance")
	}
	wanted := map[string]string{"manifest.json": digest(raw), "receipt": digest(proof)}
	for _, file := range body.Files {
		wanted[file.Path] = file.Sha256
	}
	return event.Manifest, compare(vkey, folder, wanted, body.Kind, event.Manifest)
}

func compare(vkey, folder string, wanted map[string]string, kind, sealed string) error {
	seen := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if kind == "clearance" && name == "released" {
				if _, err := checkSealed(vkey, path, sealed); err != nil {
					return fmt.Errorf("released: %w", err)
				}
				return fs.SkipDir
			}
			return expectedFolder(name, wanted)
		}
		if !entry.Type().IsRegular() {
			return fmt.Errorf("%s: not a plain file", name)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if wanted[name] != digest(data) {
			return fmt.Errorf("%s: not as in the manifest", name)
		}
		seen++
		if name == "label.dsse.json" {
			return checkLabel(vkey, data, wanted)
		}
		return nil
	})
	if err == nil && seen != len(wanted) {
		err = errors.New("files are missing")
	}
	return err
}

func expectedFolder(name string, wanted map[string]string) error {
	for path := range wanted {
		if name == "." || strings.HasPrefix(path, name+"/") {
			return nil
		}
	}
	return fmt.Errorf("%s: unexpected folder", name)
}

// checkLabel verifies a DSSE envelope with nothing but the standard library.
func checkLabel(vkey string, data []byte, wanted map[string]string) error {
	var envelope struct {
		Payload     string
		PayloadType string
		Signatures  []struct{ Keyid, Sig string }
	}
	if err := json.Unmarshal(data, &envelope); err != nil {
		return err
	}
	payload, err := strict.DecodeString(envelope.Payload)
	if err != nil {
		return err
	}
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 1 || len(envelope.Signatures) != 1 {
		return errors.New("label: key or signatures")
	}
	signature, err := strict.DecodeString(envelope.Signatures[0].Sig)
	if err != nil {
		return err
	}
	var pae bytes.Buffer
	fmt.Fprintf(&pae, "DSSEv1 %d %s %d ", len(envelope.PayloadType), envelope.PayloadType, len(payload))
	pae.Write(payload)
	if !ed25519.Verify(key[1:], pae.Bytes(), signature) {
		return errors.New("label: signature")
	}
	var statement struct {
		Subject []struct {
			Name   string
			Digest struct{ Sha256 string }
		}
	}
	if err := json.Unmarshal(payload, &statement); err != nil {
		return err
	}
	for _, subject := range statement.Subject {
		if wanted[subject.Name] != "sha256:"+subject.Digest.Sha256 {
			return fmt.Errorf("label: %s", subject.Name)
		}
	}
	if len(statement.Subject)+3 != len(wanted) {
		return errors.New("label: it lists other files")
	}
	return nil
}

func digest(data []byte) string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256(data))
}
