package recipients_test

import (
	"fmt"

	"jianbao/recipients"
)

func ExampleSplit() {
	for _, p := range recipients.Split("鄂尔多斯市委、市政府领导，各旗区科技局") {
		fmt.Println(p.Name, p.Collective)
	}
	// Output:
	// 鄂尔多斯市委领导 false
	// 鄂尔多斯市政府领导 false
	// 各旗区科技局 true
}
