package workflow_test

import (
	"fmt"

	"jianbao/workflow"
)

// What may happen to an issue that has its number.
func ExampleMoves() {
	for _, m := range workflow.Moves() {
		for _, from := range m.From {
			if from == workflow.Registered {
				fmt.Println(m.Act, m.To)
			}
		}
	}
	// Output:
	// return [draft review]
	// amend [review]
	// ratify []
	// circulate [draft]
	// schedule [scheduled]
	// withdraw [withdrawn]
	// trial []
	// apportion [draft review]
	// stamp []
	// permit []
}
