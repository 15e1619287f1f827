package parse

import (
	"archive/zip"
	"io"
	"strings"

	"entente"
)

// ReadRepacked reads the list of an archive that another program packed again:
// compressed, in another order, with times, or inside of a folder. It proves
// nothing about the container; what is in the files must be authentic by itself.
// Left out are the marks that desktops leave behind. Names must be those that
// WriteArchive accepts, each once, so that everybody sees the same files.
func ReadRepacked(r io.ReaderAt, size int64) ([]File, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, archiveError("archive", "the archive is cut off or damaged", entente.ReasonMalformed)
	}
	var kept []*zip.File
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") && !litter(f.Name) {
			kept = append(kept, f)
		}
	}
	if len(kept) > MaxFiles {
		return nil, archiveError("archive", "the archive holds too many files", entente.ReasonTooLarge)
	}
	folder := folderOf(kept)
	entries, files := make([]entry, len(kept)), make([]File, len(kept))
	for i, f := range kept {
		name := strings.TrimPrefix(f.Name, folder)
		entries[i] = entry{name: name, size: f.UncompressedSize64}
		files[i] = File{Name: name, Size: int64(min(f.UncompressedSize64, maxArchive)), Open: f.Open}
	}
	return files, checkEntries(entries)
}

// folderOf is the one folder that everything lies in, with its stroke; empty:
// there is none.
func folderOf(files []*zip.File) string {
	if len(files) == 0 {
		return ""
	}
	top, _, ok := strings.Cut(files[0].Name, "/")
	if !ok {
		return ""
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name, top+"/") {
			return ""
		}
	}
	return top + "/"
}

func litter(name string) bool {
	switch name[strings.LastIndexByte(name, '/')+1:] {
	case ".DS_Store", "Thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, "__MACOSX/")
}
