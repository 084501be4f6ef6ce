package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/fault"
)

var (
	diskFine    = fault.Say("cmd.check.disk-fine", "%s 还有 %s", "%s has %s left")
	diskShort   = fault.Say("cmd.check.disk-short", "%s 只剩 %s", "%s has only %s left")
	diskClear   = fault.Say("cmd.check.disk-clear", "清理或扩大这块磁盘；旧备份用 jianbao backup --keep 清理", "clear or enlarge the disk; jianbao backup --keep clears old backups")
	diskUnknown = fault.Say("cmd.check.disk-unknown", "%s 看不了：%s", "%s cannot be looked at: %s")
	diskHow     = fault.Say("cmd.check.disk-how", "检查这个目录是否存在、可写", "see that the directory is there and can be written to")
)

// disks looks at the disks of the data and of the backups.
func (k *check) disks() []finding {
	var found []finding
	seen := map[uint64]bool{}
	for _, dir := range []string{k.Dir, k.in(k.Dir)} {
		at := existing(dir)
		if whole, err := filepath.Abs(at); err == nil {
			at = whole // a point alone is a name to nobody
		}
		free, disk, err := diskOf(at)
		if err != nil {
			found = append(found, wrong("disk", diskUnknown.With(at, fileTrouble(err)), diskHow.With()))
		} else if !seen[disk] {
			seen[disk] = true
			found = append(found, diskFinding(at, free))
		}
	}
	return found
}

// existing is a directory, or the next above it that there is.
func existing(dir string) string {
	for {
		if _, _, err := diskOf(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

func diskFinding(dir string, free uint64) finding {
	const gigabyte = 1 << 30
	left := fmt.Sprintf("%.1f GB", float64(free)/gigabyte)
	switch {
	case free < gigabyte:
		return wrong("disk", diskShort.With(dir, left), diskClear.With())
	case free < 5*gigabyte:
		return remark("disk", diskShort.With(dir, left), diskClear.With())
	}
	return well("disk", diskFine.With(dir, left))
}

var (
	backupsFine = fault.Say("cmd.check.backups-fine", "最近一份在%s前：%s", "the last was made %s ago: %s")
	backupsNone = fault.Say("cmd.check.backups-none", "%s里没有备份", "there are no backups in %s")
	backupsOld  = fault.Say("cmd.check.backups-old", "最近一份备份已是%s前：%s", "the last backup is %s old: %s")
	backupsHow  = fault.Say("cmd.check.backups-how", "每天运行一次 jianbao backup（deploy/ 里有 systemd 定时器），并试着恢复一次", "run jianbao backup every day (deploy/ has a systemd timer), and try a restore once")
)

// oldest is how old the newest backup may be: made daily, with some hours for
// the machine that was down.
const oldest = 36 * time.Hour

func (k *check) backups(now time.Time) finding {
	dir := k.in(k.Dir)
	all, _ := filepath.Glob(filepath.Join(dir, backupPattern)) // the pattern is well-formed, but for dir
	return backupsFinding(dir, all, now)
}

func backupsFinding(dir string, files []string, now time.Time) finding {
	slices.Sort(files)
	for _, file := range slices.Backward(files) {
		made, err := time.Parse(backupName, filepath.Base(file))
		if err != nil {
			continue // another file
		}
		age := now.Sub(made).Round(time.Minute)
		if age > oldest {
			return wrong("backups", backupsOld.With(age.String(), file), backupsHow.With())
		}
		return well("backups", backupsFine.With(age.String(), file))
	}
	return wrong("backups", backupsNone.With(dir), backupsHow.With())
}

var (
	fontsFine  = fault.Say("cmd.check.fonts-fine", "各用途都有字体", "every role has a font")
	fontsBad   = fault.Say("cmd.check.fonts-bad", "%s没有用上：%s", "%s is not used: %s")
	fontsHow   = fault.Say("cmd.check.fonts-how", "换一个 TrueType 字体文件；jianbao fonts 列出全部情况", "take another TrueType file; jianbao fonts says all")
	fontsOther = fault.Say("cmd.check.fonts-other", "字体目录里这些文件没有用途：%s", "no role uses these files of the directory: %s")
)

func (k *check) fonts() []finding {
	set, err := fontsIn(k.FontsDir)
	if err != nil {
		return []finding{wrong("fonts", fault.Shown(err).Message, fontsHow.With())}
	}
	return fontFindings(set.Report(), set.Unused())
}

func fontFindings(reports []fonts.Report, unused []string) []finding {
	var found []finding
	for _, r := range reports {
		if r.Rejected != nil {
			found = append(found, wrong("fonts", fontsBad.With(r.Tried, *r.Rejected), fontsHow.With()))
		}
	}
	if len(unused) > 0 {
		found = append(found, remark("fonts", fontsOther.With(strings.Join(unused, "、")), fontsHow.With()))
	}
	if found == nil {
		found = []finding{well("fonts", fontsFine.With())}
	}
	return found
}

var (
	pagesFine     = fault.Say("cmd.check.pages-fine", "提醒邮件里的链接以 %s 开头", "links in notices begin with %s")
	pagesNone     = fault.Say("cmd.check.pages-none", "没有设置 site，提醒邮件里没有链接", "site is not set; notices have no links")
	pagesSite     = fault.Say("cmd.check.pages-site", "把 site 设为大家打开页面所用的网址", "set site to the address under which people see the pages")
	pagesInsecure = fault.Say("cmd.check.pages-insecure", "大家经 https 打开页面（%s），登录凭据却不限于 https", "people come over https (%s), but sessions are not kept to https")
	pagesSecure   = fault.Say("cmd.check.pages-secure", "把 secure 设为 true", "set secure to true")
)

func pagesFinding(site string, secure bool) finding {
	switch {
	case site == "":
		return remark("pages", pagesNone.With(), pagesSite.With())
	case strings.HasPrefix(site, "https://") && !secure:
		return wrong("pages", pagesInsecure.With(site), pagesSecure.With())
	}
	return well("pages", pagesFine.With(site))
}
