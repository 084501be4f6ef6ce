package queuetest

import "testing"

func TestMemoryKeepsTheContract(t *testing.T) {
	Run(t, func(*testing.T) Fixture {
		m := NewMemory()
		return Fixture{Queue: m, Add: m.Add, Get: m.Get}
	})
}
