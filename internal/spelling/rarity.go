package main

import (
	"bufio"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"entente/spell"
)

const (
	rarityFile = "spell/rarity.bin"
	keep       = 12000 // names in the table
	keepFolds  = 8000  // skeletons in the table
)

// rarity writes how many people bear a name part, from two sources: how common
// names are in each country, and how often they stand in the names of persons
// in Wikidata.
func rarity(dir string) error {
	national, err := nationalShares(dir)
	if err != nil {
		return err
	}
	world, err := worldShares(dir)
	if err != nil {
		return err
	}
	shares := map[string]float64{}
	for name, s := range national {
		shares[name] = s
	}
	for name, s := range world {
		shares[name] = max(shares[name], s)
	}
	folds := map[string]float64{}
	for name, s := range shares {
		folds[spell.Skeleton(name)] += s
	}
	b := append(tableOf(shares, keep), tableOf(folds, keepFolds)...)
	fmt.Printf("%d names, %d skeletons, %d bytes in %s\n", min(keep, len(shares)), min(keepFolds, len(folds)), len(b), rarityFile)
	return os.WriteFile(rarityFile, b, 0o644)
}

// tableOf writes a count, then sorted hashes (FNV-1a, 32 bits), then for each
// its bits in eighths.
func tableOf(shares map[string]float64, limit int) []byte {
	names := slices.SortedFunc(maps.Keys(shares), func(a, b string) int {
		if shares[a] != shares[b] {
			return int(math.Copysign(1, shares[b]-shares[a]))
		}
		return strings.Compare(a, b)
	})
	levels := map[uint32]byte{}
	for _, n := range names[:min(limit, len(names))] {
		h := fnv.New32a()
		h.Write([]byte(n))
		bits := -math.Log2(min(shares[n], 0.5)) * 8
		if _, ok := levels[h.Sum32()]; !ok {
			levels[h.Sum32()] = byte(min(bits, 255))
		}
	}
	hashes := slices.Sorted(maps.Keys(levels))
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(hashes)))
	for _, h := range hashes {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	for _, h := range hashes {
		b = append(b, levels[h])
	}
	return b
}

// nationalShares reads how common names are country by country. A name counts
// by how likely another person bears it: one of the same country in three of
// ten cases, one of any country else.
func nationalShares(dir string) (map[string]float64, error) {
	byCountry := map[string]map[string]float64{} // name, country: share
	add := func(country, name string, share float64) {
		for _, p := range spell.Parse(name).Parts {
			if p.Role == spell.Plain {
				if byCountry[p.Latin] == nil {
					byCountry[p.Latin] = map[string]float64{}
				}
				m := byCountry[p.Latin]
				m[country] = max(m[country], share)
			}
		}
	}
	countries := map[string]bool{}
	err := readCommon(data(dir, "frequency", "common-surnames-by-country.csv"), func(row map[string]string) {
		rank, _ := strconv.ParseFloat(row["Rank"], 64)
		share, _ := strconv.ParseFloat(row["Percent"], 64)
		if share == 0 {
			share = 0.01 / max(rank, 1)
		}
		countries[row["Country"]] = true
		add(row["Country"], row["Name"], min(share, 0.3))
	})
	if err != nil {
		return nil, err
	}
	err = readCommon(data(dir, "frequency", "common-forenames-by-country.csv"), func(row map[string]string) {
		rank, _ := strconv.ParseFloat(row["Index"], 64)
		countries[row["Country"]] = true
		add(row["Country"], row["Name"], 0.01/math.Sqrt(max(rank, 1)))
	})
	shares := map[string]float64{}
	for name, m := range byCountry {
		sum, squares := 0.0, 0.0
		for _, s := range m {
			sum += s
			squares += s * s
		}
		shares[name] = 0.3*squares/sum + 0.7*sum/float64(len(countries))
	}
	return shares, err
}

func readCommon(file string, each func(map[string]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	var head []string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if head == nil {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			head = row
			continue
		}
		m := map[string]string{}
		for i, v := range row {
			m[head[i]] = v
		}
		m["Name"] = m["Romanized Name"]
		if m["Name"] == "" {
			m["Name"] = m["Localized Name"]
		}
		each(m)
	}
}

// worldShares counts name parts in the names of persons in Wikidata that are
// known in Russian, Arabic or Hebrew too.
func worldShares(dir string) (map[string]float64, error) {
	counts, total := map[string]float64{}, 0.0
	for _, script := range []string{"russian", "arabic", "hebrew"} {
		f, err := os.Open(data(dir, "spelling", script+".tokens.tsv"))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		for s := bufio.NewScanner(f); s.Scan(); {
			fields := strings.Split(s.Text(), "\t")
			if len(fields) < 3 {
				continue
			}
			n, _ := strconv.ParseFloat(fields[2], 64)
			counts[part(fields[0]).Latin] += n
			total += n
		}
	}
	for name, n := range counts {
		if n < 3 {
			delete(counts, name)
			continue
		}
		counts[name] = 2 * n / total // a person has about two parts
	}
	return counts, nil
}
