//go:build unix

package main

import "golang.org/x/sys/unix"

// diskOf returns how many bytes an ordinary user may still write to the disk
// of a directory, and which disk that is.
func diskOf(dir string) (free, disk uint64, err error) {
	var space unix.Statfs_t
	var place unix.Stat_t
	if err := unix.Statfs(dir, &space); err != nil {
		return 0, 0, err
	}
	if err := unix.Stat(dir, &place); err != nil {
		return 0, 0, err
	}
	return uint64(space.Bavail) * uint64(space.Bsize), uint64(place.Dev), nil
}
