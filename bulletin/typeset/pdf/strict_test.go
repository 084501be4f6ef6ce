package pdf

import (
	"bytes"
	"os"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
)

func TestMain(m *testing.M) {
	// pdfcpu would write a configuration into the home directory
	api.DisableConfigDir()
	os.Exit(m.Run())
}

func strictly() *model.Configuration {
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	return conf
}

func TestStrictValidation(t *testing.T) {
	for name, data := range map[string][]byte{
		"seed":  made(t, seed(t), typeset.Builtin()[0], nil, layout.Options{}),
		"rich":  made(t, rich(), typeset.Builtin()[1], pictures(t), layout.Options{CopyNumber: "000012"}),
		"large": made(t, seed(t), typeset.Builtin()[2], nil, layout.Options{Large: true}),
	} {
		if err := api.Validate(bytes.NewReader(data), strictly()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
