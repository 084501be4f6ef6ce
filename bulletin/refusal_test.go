package bulletin

import (
	"testing"

	"jianbao/fault"
)

func TestWhatIsNoBulletin(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":       "",
		"blanks":        "\n \n　\n",
		"shopping list": "牛奶\n鸡蛋\n面包\n给小王打电话\n",
		"a letter":      "张三：\n你好！最近怎么样？\n祝好。\n李四\n2024年5月3日\n",
		"a program":     "package main\n\nfunc main() {\n\tprintln(1)\n}\n",
		"head and date": "科技简报\n2021年7月15日\n",
		"broken UTF-8":  "\xff\xfe\x00",
	} {
		r := Parse(text)
		refusal := r.Refusal()
		if refusal == nil || refusal.Code != fault.Invalid || len(refusal.Reasons) == 0 || r.IsBulletin() {
			t.Errorf("%s: %v", name, refusal)
		}
		if len(r.Blocking()) == 0 {
			t.Errorf("%s: nothing blocks", name)
		}
	}
	if got := Parse("").Refusal().In(fault.ZH); got != "这不是一份简报：文本是空的" {
		t.Errorf("got %q", got)
	}
}

// A form that has no text yet is taken, and cannot be submitted.
func TestHeadWithoutText(t *testing.T) {
	r := Parse("科技简报\n第8期\n示例市科技局\n2021年7月15日\n")
	if refusal := r.Refusal(); refusal != nil {
		t.Fatal(refusal)
	}
	if b := r.Blocking(); len(b) != 1 || b[0].Code != "no-items" {
		t.Errorf("%v", b)
	}
}
