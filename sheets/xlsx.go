package sheets

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"jianbao/fault"
	"jianbao/recipients/table"
)

// mostParts is how many files an XLSX may have inside; one of many sheets has
// some dozens.
const mostParts = 2000

var (
	badXLSX  = fault.Say("sheets.bad-xlsx", "XLSX文件读不懂，请在 Excel 或 WPS 中重新另存为 .xlsx", "the XLSX file cannot be read; save it again as .xlsx in Excel or WPS")
	tooDense = fault.Say("sheets.too-dense", "XLSX文件解压后超过%d MB或%d个部件，不能读入", "unpacked, the XLSX file is larger than %d MB or has more than %d parts")
)

// readXLSX reads the first sheets that have cells, at most so many.
func readXLSX(data []byte, most int) (all []table.Table, err error) {
	// The library has met most of what people send, and panics at some of the
	// rest.
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Invalid, badXLSX.With()).Because(fmt.Errorf("sheets: panic: %v", p))
		}
	}()
	if err := weigh(data); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue:   true,
		UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: MaxUnpacked, // equal: nothing goes to temporary files
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, badXLSX.With()).Because(err)
	}
	defer file.Close()
	for _, name := range file.GetSheetList() {
		t, err := readSheet(file, name)
		if err != nil {
			return nil, err
		}
		if len(t.Header) > 0 {
			all = append(all, t)
		}
		if len(all) == most {
			break
		}
	}
	if all == nil {
		return nil, fault.New(fault.Invalid, nothingIn.With())
	}
	return all, nil
}

// weigh refuses a file that would unpack to more than it may, by what its
// directory says and by what it does.
func weigh(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fault.New(fault.Invalid, badXLSX.With()).Because(err)
	}
	left := int64(MaxUnpacked)
	for _, part := range archive.File {
		in, err := part.Open()
		if err != nil {
			return fault.New(fault.Invalid, badXLSX.With()).Because(err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(in, left+1))
		_ = in.Close() // it was only read
		if left -= n; left < 0 || len(archive.File) > mostParts {
			return fault.New(fault.Invalid, tooDense.With(MaxUnpacked>>20, mostParts))
		}
		if err != nil {
			return fault.New(fault.Invalid, badXLSX.With()).Because(err)
		}
	}
	return nil
}

func readSheet(file *excelize.File, name string) (table.Table, error) {
	rows, err := file.Rows(name)
	if err != nil {
		var none excelize.ErrSheetNotExist
		if errors.As(err, &none) { // a chart or a dialogue
			return table.Table{}, nil
		}
		return table.Table{}, fault.New(fault.Invalid, badXLSX.With()).Because(err)
	}
	g := grid{merged: mergesOf(file, name)}
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return table.Table{}, fault.New(fault.Invalid, badXLSX.With()).Because(err)
		}
		if err := g.add(line, cells); err != nil {
			return table.Table{}, err
		}
	}
	if err := rows.Close(); err != nil {
		return table.Table{}, fmt.Errorf("sheets: close the sheet: %w", err)
	}
	if len(g.rows) == 0 {
		return table.Table{}, nil
	}
	return g.table(name)
}
