package workflow

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/fault"
)

// maxFileName is the longest name of a file in bytes: percent-encoded it still
// fits a line of a mail's header (RFC 5322 2.1.1).
const maxFileName = 200

var (
	nameLength   = fault.Say("workflow.file-name-length", "文件名不能为空，也不能超过%d字节：%q", "a file's name has 1 to %d bytes: %q")
	nameSigns    = fault.Say("workflow.file-name-signs", "文件名%q里有不能用的字符（路径、引号、控制符或看不见的方向符），请改名", "the file name %q has characters that cannot be used (of paths, quotes, control or invisible direction marks); rename it")
	nameEdges    = fault.Say("workflow.file-name-edges", "文件名%q不能以点或空格开头或结尾", "the file name %q must not begin or end with a dot or a space")
	nameDisguise = fault.Say("workflow.file-name-disguise", "文件%q是程序，却显示为别的类型；收件方的邮件系统会拦截，请改名或不要附带", "the file %q is a program that shows as something else; mail systems will stop it: rename it or leave it out")
)

// programs are the endings by which systems run a file when it is opened.
var programs = map[string]bool{
	"exe": true, "com": true, "scr": true, "pif": true, "bat": true, "cmd": true, "msi": true, "msp": true, "dll": true,
	"cpl": true, "hta": true, "js": true, "jse": true, "vbs": true, "vbe": true, "wsf": true, "wsh": true, "ps1": true,
	"lnk": true, "url": true, "reg": true, "jar": true, "chm": true, "scf": true, "sh": true, "command": true, "app": true,
	"apk": true, "desktop": true, "iso": true, "img": true,
}

// Against returns why a file cannot be kept or go out under its name: the name must
// be one that every system can save as it is, and the file what its name says.
func (f File) Against() []fault.Reason {
	name := f.Name
	if name == "" || len(name) > maxFileName {
		return []fault.Reason{nameLength.With(maxFileName, abridged(name))}
	}
	var reasons []fault.Reason
	if !utf8.ValidString(name) || strings.ContainsAny(name, `/\:*?"<>|`) || strings.ContainsFunc(name, unseen) {
		reasons = append(reasons, nameSigns.With(name))
	}
	if strings.Trim(name, ". \u3000") != name {
		reasons = append(reasons, nameEdges.With(name))
	}
	if disguised(f) {
		reasons = append(reasons, nameDisguise.With(name))
	}
	return reasons
}

// unseen reports whether a character is not seen as itself: controls, and
// format characters such as the marks that turn the direction of writing,
// under which 报告fdp.exe shows as 报告exe.pdf.
func unseen(r rune) bool {
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
}

// disguised reports whether a file is a program by its ending or its first
// bytes and shows as something else: by an ending before the last
// (报告.pdf.exe), by its declared type, or by its last ending.
func disguised(f File) bool {
	endings := strings.Split(strings.ToLower(f.Name), ".")[1:]
	last := ""
	if len(endings) > 0 {
		last = strings.TrimSpace(endings[len(endings)-1])
	}
	if !programs[last] {
		return runnable(f.Data)
	}
	for _, before := range endings[:len(endings)-1] {
		if ending.MatchString(strings.TrimSpace(before)) {
			return true
		}
	}
	return harmlessType.MatchString(mediaType(f.Type))
}

var (
	// ending is what people read as the type of a file.
	ending       = regexp.MustCompile(`^(docx?|xlsx?|pptx?|wps|et|dps|pdf|ofd|txt|rtf|csv|html?|jpe?g|png|gif|bmp|tiff?|zip|rar|7z|mp[34]|eml)$`)
	harmlessType = regexp.MustCompile(`^(text/(plain|html|csv|rtf)|image/|audio/|video/|application/(pdf|msword|ofd|zip|rtf|vnd\.))`)
	mediaTypes   = regexp.MustCompile(`^[a-z]+/[a-z0-9][a-z0-9.+-]*$`)
)

// runnable reports whether bytes begin as programs of Windows and Linux do.
func runnable(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\x7fELF")) ||
		bytes.HasPrefix(data, []byte("MZ")) && bytes.Contains(data[:min(len(data), 4096)], []byte("PE\x00\x00"))
}

// mediaType returns a declared type without its parameters, or that of unknown
// bytes if it is none (RFC 2046 section 4.5.1).
func mediaType(declared string) string {
	name, _, _ := strings.Cut(strings.ToLower(declared), ";")
	if name = strings.TrimSpace(name); mediaTypes.MatchString(name) && len(name) <= 100 {
		return name
	}
	return "application/octet-stream"
}

// abridged is a name short enough to be quoted in a sentence.
func abridged(name string) string {
	if runes := []rune(name); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return name
}
