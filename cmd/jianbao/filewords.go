package main

import (
	"errors"
	"io/fs"
	"syscall"

	"jianbao/fault"
)

var (
	fileNone    = fault.Say("cmd.file.none", "没有这个文件或目录", "there is no such file or directory")
	fileShut    = fault.Say("cmd.file.shut", "没有权限", "it is not permitted")
	fileThere   = fault.Say("cmd.file.there", "已经有同名的文件", "there is a file of that name already")
	fileFolder  = fault.Say("cmd.file.folder", "这是一个目录，不是文件", "it is a directory, not a file")
	fileNoDir   = fault.Say("cmd.file.no-dir", "路径中间有一段是文件，不是目录", "a part of its path is a file, not a directory")
	fileFull    = fault.Say("cmd.file.full", "磁盘满了", "the disk is full")
	fileLocked  = fault.Say("cmd.file.read-only", "这块磁盘只能读", "the disk can only be read")
	fileTooLong = fault.Say("cmd.file.too-long", "名字太长", "its name is too long")
	fileOther   = fault.Say("cmd.file.other", "系统报告“%s”", "the system says \"%s\"")
)

// fileTrouble says why something about a file failed: in words where people can
// mend it, and as the system told it where that is seldom.
func fileTrouble(err error) fault.Reason {
	for _, known := range []struct {
		is  error
		say fault.Sentence
	}{
		{fs.ErrNotExist, fileNone}, {fs.ErrPermission, fileShut}, {fs.ErrExist, fileThere}, {syscall.EISDIR, fileFolder},
		{syscall.ENOTDIR, fileNoDir}, {syscall.ENOSPC, fileFull}, {syscall.EROFS, fileLocked}, {syscall.ENAMETOOLONG, fileTooLong},
	} {
		if errors.Is(err, known.is) {
			return known.say.With()
		}
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner // whose name is said already
	}
	return fileOther.With(err.Error())
}
