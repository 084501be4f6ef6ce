package likeness

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const news = "我市29家企业跻身全区研发投入100强。鄂尔多斯市科技局7月13日发布消息，我市29家企业跻身全区2020年度研发投入100强，" +
	"研发投入共计18.5亿元，占100强企业研发投入总额33.8%，居全区首位。"

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		from, to   float64
	}{
		{"the same", news, news, 1, 1},
		{"layout and width do not count", news, strings.NewReplacer("，", ", ", "29", " ２９ ").Replace(news), 1, 1},
		{"one number changed", news, strings.Replace(news, "18.5", "19.5", 1), 0.93, 0.99},
		{"shortened", news, news[:len(news)*2/3], 0.7, 0.9},
		{"other news", news, "7月14日，边东会同市统计局局长杨建军前往自治区统计局协调R&D研发投入统计事宜，推动科技与统计业务融合衔接。", 0, 0.15},
		{"nothing", news, "", 0, 0},
		{"both empty", "", "", 0, 0},
	} {
		if got := Alike(c.a, c.b); got < c.from || got > c.to || got != Alike(c.b, c.a) {
			t.Errorf("%s: %.3f, want %.2f to %.2f", c.name, got, c.from, c.to)
		}
	}
}

func TestItemsOfOneIssueAreNotAlike(t *testing.T) {
	data, err := os.ReadFile("../../../seeds/00-seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	var paragraphs []string
	for _, line := range strings.Split(string(data), "\n") {
		if len([]rune(line)) > 50 {
			paragraphs = append(paragraphs, line)
		}
	}
	for i, a := range paragraphs {
		for _, b := range paragraphs[:max(0, i-1)] { // two neighbours may be pieces of one item
			if score := Alike(a, b); score > 0.15 {
				t.Errorf("%.2f:\n%s\n%s", score, a, b)
			}
		}
	}
}

func TestShortTextsAreNotLookedFor(t *testing.T) {
	var x Index[int]
	x.Add(1, "7月2日，边东主持召开会议。")
	if got := x.Similar("7月2日，边东主持召开会议。", 0); got != nil {
		t.Errorf("found %v", got)
	}
}

const keysOfNews = "1956959516782139246 1731892032388223119"

// TestKeysStay pins the keys: stored ones are compared with new ones for as long
// as the Scheme stays.
func TestKeysStay(t *testing.T) {
	bands := Fingerprint(news).Bands()
	if len(bands) != Keys || Scheme != 1 {
		t.Fatalf("%d keys, scheme %d", len(bands), Scheme)
	}
	if got := fmt.Sprint(bands[0], bands[Keys-1]); got != keysOfNews {
		t.Errorf("the keys are %s; if that is meant, raise Scheme", got)
	}
}

// words are drawn for texts that read like an office's: few words, often used.
var words = strings.Fields("会议 指出 要求 推动 高质量 发展 科技 创新 我市 全区 企业 研发 投入 项目 实施 方案 工作 落实 平台 人才 引进 合作 " +
	"清华大学 自治区 科技厅 发布 消息 重点 任务 督导 调研 统计局 座谈 协同 机制 规划 循环 经济 智能 制造 标准 体系 建设 指南 意见 征集 揭榜挂帅 " +
	"通知 改革 深化 管理 成果 转化 服务 模式 政策 资金 保障 措施 流程 类型 目标 范围 原则 方式 双方 共同 战略 协议 载体 计划 园区 中心 研究院 党组")

func written(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(words[r.IntN(len(words))])
		if r.IntN(5) == 0 {
			b.WriteString(fmt.Sprint(r.IntN(500)))
		}
		if r.IntN(9) == 0 {
			b.WriteString("，")
		}
	}
	return b.String()
}

// reworded changes a share of the characters of a text.
func reworded(r *rand.Rand, text string, share float64) string {
	runes := []rune(text)
	for i := range runes {
		if r.Float64() < share {
			runes[i] = rune(0x4e00 + r.IntN(20000))
		}
	}
	return string(runes)
}

const itemsInIndex = 10_000

func full(r *rand.Rand) (*Index[int], []string) {
	x, texts := &Index[int]{}, make([]string, itemsInIndex)
	for i := range texts {
		texts[i] = written(r, 40+r.IntN(160))
		x.Add(i, texts[i])
	}
	return x, texts
}

func TestRepeatedItemsAreFoundAmongTenThousand(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	x, texts := full(r)
	looked, found, others := 0, 0, 0
	for i := 0; i < len(texts); i += 50 {
		again := reworded(r, texts[i], 0.12)
		if Alike(again, texts[i]) < Least {
			continue
		}
		looked++
		for _, m := range x.Similar(again, Least) {
			if m.ID == i {
				found++
			} else {
				others++
			}
		}
	}
	if looked < 100 || float64(found) < 0.96*float64(looked) || others > 0 {
		t.Errorf("%d of %d found, %d others", found, looked, others)
	}
	if got := x.Similar(texts[77], Least); len(got) != 1 || got[0].ID != 77 || got[0].Alike != 1 {
		t.Errorf("the very text: %v", got)
	}
}

func TestTheMostAlikeComesFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := written(r, 150)
	var x Index[string]
	x.Add("reworded", reworded(r, text, 0.05))
	x.Add("same", text)
	x.Add("twin", text)
	got := x.Similar(text, Least)
	var ids []string
	for _, m := range got {
		ids = append(ids, m.ID)
	}
	if !slices.Equal(ids, []string{"same", "twin", "reworded"}) {
		t.Errorf("%v", got)
	}
}

func TestAlikeIsSymmetricAndBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		got := Alike(a, b)
		if got != Alike(b, a) || got < 0 || got > 1 || math.IsNaN(got) {
			t.Fatalf("%v", got)
		}
		if !slices.Equal(Fingerprint(a).Bands(), Fingerprint(" "+a+"。").Bands()) {
			t.Fatal("layout changes the print")
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	for b.Loop() {
		Fingerprint(news)
	}
}

func BenchmarkSimilarAmongTenThousand(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, texts := full(r)
	again := reworded(r, texts[5], 0.1)
	for b.Loop() {
		x.Similar(again, Least)
	}
}
