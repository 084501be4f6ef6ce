package recipients

import (
	"strings"
	"unicode/utf8"
)

// The words that name a layer of places or of a house after 各.
var layers = []string{
	"乡镇街道", "苏木乡镇", "乡镇", "苏木", "街道", "旗县区", "旗县", "旗区", "市州", "县区", "市区", "盟市", "园区",
	"省", "州", "盟", "市", "县", "区", "旗", "乡", "镇", "村",
}

// repeatEach carries 各X over the members that follow it without a place of
// their own: 各县（市、区）委办、政府办 is 各县（市、区）委办 and
// 各县（市、区）政府办; 各部门、单位 is 各部门 and 各单位.
func repeatEach(run []phrase) {
	each, longest := "", 0
	for i := range run {
		p := &run[i]
		switch {
		case strings.HasPrefix(p.stem, "各"):
			each, longest = eachOf(p.stem)
		case each != "" && runes(outsideBrackets(p.stem)) <= longest && !standsAlone(p.stem) && (each == "各" || isOrgan(p.stem)):
			p.stem = each + p.stem
		default:
			each = ""
		}
	}
}

// organs are what names of organs end in that every place of a layer has.
var organs = []string{"局", "办", "委", "会", "院", "联", "站", "所", "中心", "办公室", "办事处", "党校"}

// isOrgan reports whether every place of a layer can have one: of
// 各旗区交通运输局、民航、铁路部门 the districts have the first alone.
func isOrgan(name string) bool {
	return isBody(name) || endsInAny(outsideBrackets(name), organs...) != "" || endsInAny(name, leaders...) != ""
}

// eachOf returns what a name that begins with 各 passes on, and the length in
// characters of the names that take it. Without a layer of places only words
// as short as its own take it, so that 各分（子）公司、项目部 stays two
// things.
func eachOf(name string) (each string, longest int) {
	layer := "各" + layerOf(strings.TrimPrefix(name, "各"))
	rest := strings.TrimPrefix(name, layer)
	if layer != "各" && rest != "" {
		return layer, 6
	}
	if own := runes(name) - 1; own > 0 && own <= 2 || rest == "" {
		return "各", max(own, 3)
	}
	return "", 0
}

// layerOf returns the layer of places that a text begins with, with its
// bracket: 县（市、区）.
func layerOf(text string) string {
	for _, l := range layers {
		rest, found := strings.CutPrefix(text, l)
		if !found {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(rest); kind(openers, r) >= 0 {
			if end := strings.IndexAny(rest, closers); end >= 0 {
				_, n := utf8.DecodeRuneInString(rest[end:])
				return text[:len(l)+end+n]
			}
		}
		return l
	}
	return ""
}

// standsAlone reports whether a name has a place or a class of its own.
func standsAlone(name string) bool {
	if meansSeveral(name) || strings.IndexAny(name, levelChars) == 0 || strings.HasPrefix(name, "自治区") {
		return true
	}
	// 康巴什区, 高新区: one place, not a layer of them.
	if runes(name) > 2 && endsInAny(name, "市", "县", "区", "旗", "乡", "镇") != "" {
		return true
	}
	return len(placesIn(name)) > 0
}

func runes(s string) int { return utf8.RuneCountInString(s) }
