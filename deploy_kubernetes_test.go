package jianbao_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A manifest is what is looked at of one object.
type manifest struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Replicas int
		Template struct {
			Spec struct {
				TerminationGracePeriodSeconds int `yaml:"terminationGracePeriodSeconds"`
				SecurityContext               struct {
					RunAsNonRoot bool `yaml:"runAsNonRoot"`
				} `yaml:"securityContext"`
				Containers []struct {
					Args            []string
					ReadinessProbe  map[string]any `yaml:"readinessProbe"`
					LivenessProbe   map[string]any `yaml:"livenessProbe"`
					SecurityContext struct {
						ReadOnlyRootFilesystem bool `yaml:"readOnlyRootFilesystem"`
					} `yaml:"securityContext"`
					VolumeMounts []struct{ Name string } `yaml:"volumeMounts"`
				}
				Volumes []struct{ Name string }
			}
		}
	}
}

// TestTheManifestsHangTogether: nobody is root, every volume is there, the pages
// are probed, there is one scheduler, and mailers are given time to end.
func TestTheManifestsHangTogether(t *testing.T) {
	in := yaml.NewDecoder(strings.NewReader(deployed(t, "kubernetes.yaml")))
	var parts []string
	for {
		var m manifest
		if err := in.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if m.Kind == "Deployment" || m.Kind == "Job" {
			parts = append(parts, m.Metadata.Name)
			lookedAt(t, m)
		}
	}
	if want := []string{"jianbao-migrate", "jianbao-web", "jianbao-scheduler", "jianbao-mailer"}; !slices.Equal(parts, want) {
		t.Errorf("%v, want %v", parts, want)
	}
}

func lookedAt(t *testing.T, m manifest) {
	t.Helper()
	name, pod := m.Metadata.Name, m.Spec.Template.Spec
	if len(pod.Containers) != 1 || !pod.SecurityContext.RunAsNonRoot || !pod.Containers[0].SecurityContext.ReadOnlyRootFilesystem {
		t.Fatalf("%s may do more than it needs", name)
	}
	one := pod.Containers[0]
	for _, mount := range one.VolumeMounts {
		if !slices.ContainsFunc(pod.Volumes, func(v struct{ Name string }) bool { return v.Name == mount.Name }) {
			t.Errorf("%s has no volume %s", name, mount.Name)
		}
	}
	switch {
	case m.Kind == "Job":
		return
	case pod.TerminationGracePeriodSeconds < 90 || !slices.Contains(one.Args, strings.TrimPrefix(name, "jianbao-")):
		t.Errorf("%s: %d seconds, %v", name, pod.TerminationGracePeriodSeconds, one.Args)
	case name == "jianbao-web" && (one.ReadinessProbe == nil || one.LivenessProbe == nil):
		t.Errorf("%s is not probed", name)
	case name == "jianbao-scheduler" && m.Spec.Replicas != 1:
		t.Errorf("%d schedulers", m.Spec.Replicas)
	}
}
