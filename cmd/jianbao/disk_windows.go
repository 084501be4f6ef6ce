package main

import (
	"hash/maphash"
	"path/filepath"

	"golang.org/x/sys/windows"
)

var volumes = maphash.MakeSeed()

// diskOf returns how many bytes the user may still write to the disk of a
// directory, and which disk that is.
func diskOf(dir string) (free, disk uint64, err error) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		return 0, 0, err
	}
	name, err := windows.UTF16PtrFromString(whole)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return free, maphash.String(volumes, filepath.VolumeName(whole)), err
}
