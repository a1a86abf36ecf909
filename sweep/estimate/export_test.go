package estimate

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func export(t *testing.T, r *Results, table, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Export(&b, r, table, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExportCSV(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [3, 2]\nbias = [0.8]\nsamples = 1\ncues = 4"), sweep.Options{Dir: dir})
	got := string(export(t, mustOpen(t, dir), "trials", "csv"))
	want := "N,bias,sample,cue,height,heads,turns,stop,echo\n"
	for _, n := range []int64{3, 2} {
		for cue := range int64(4) {
			want += line(n, cue, sweeptest.Toss(n, 0, int(cue)))
		}
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(got, ",flat,\n") {
		t.Error("this test has seen no undefined value")
	}
}

// line is a record as it must be exported.
func line(n, cue int64, x float64) string {
	row := sweeptest.Row(x, 0.8, int(cue))
	if row[2] = int64(0); x < 0.8 {
		row[2] = int64(1)
	}
	fields := []string{config.FormatValue(n), "0.8", "0"}
	for _, v := range row {
		fields = append(fields, config.FormatValue(v))
	}
	return strings.Join(fields, ",") + "\n"
}

// TestFormatsAgree reads the JSON and the Parquet export back and holds them
// against CSV.
func TestFormatsAgree(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	for _, table := range []string{"trials", "bounces", "estimates", "bounces_estimates"} {
		lines, err := csv.NewReader(bytes.NewReader(export(t, r, table, "csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var objects []map[string]any
		if err := json.Unmarshal(export(t, r, table, "json"), &objects); err != nil {
			t.Fatal(err)
		}
		names, rows := readParquet(t, export(t, r, table, "parquet"))
		if len(objects) != len(lines)-1 || len(rows) != len(lines)-1 || len(lines) < 7 {
			t.Fatalf("%s: %d lines of CSV, %d objects of JSON, %d rows of Parquet", table, len(lines), len(objects), len(rows))
		}
		for c, name := range lines[0] {
			if names[c] != name {
				t.Errorf("%s: column %d is %s in CSV, %s in Parquet", table, c, name, names[c])
			}
			for row, line := range lines[1:] {
				if got := config.FormatValue(objects[row][name]); got != line[c] {
					t.Fatalf("%s: %s of row %d is %q in CSV, %q in JSON", table, name, row, line[c], got)
				}
				if got := config.FormatValue(rows[row][c]); got != line[c] {
					t.Fatalf("%s: %s of row %d is %q in CSV, %q in Parquet", table, name, row, line[c], got)
				}
			}
		}
	}
}

func readParquet(t *testing.T, data []byte) (names []string, rows [][]any) {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range file.Schema().Fields() {
		names = append(names, f.Name())
	}
	for _, group := range file.RowGroups() {
		reader := group.Rows()
		buffer := make([]parquet.Row, 100)
		for {
			n, err := reader.ReadRows(buffer)
			for _, row := range buffer[:n] {
				rows = append(rows, goValues(row))
			}
			if err != nil {
				break
			}
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return names, rows
}

func goValues(row parquet.Row) []any {
	out := make([]any, len(row))
	for i, v := range row {
		switch {
		case v.IsNull():
		case v.Kind() == parquet.Int64:
			out[i] = v.Int64()
		case v.Kind() == parquet.Double:
			out[i] = v.Double()
		case v.Kind() == parquet.Boolean:
			out[i] = v.Boolean()
		default:
			out[i] = v.String()
		}
	}
	return out
}

func TestExportKnowsItsTablesAndFormats(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	if err := Export(&bytes.Buffer{}, r, "trails", "csv"); err == nil || !strings.Contains(err.Error(), "trials, bounces, estimates") {
		t.Error(err)
	}
	if err := Export(&bytes.Buffer{}, r, "trials", "xls"); err == nil || !strings.Contains(err.Error(), "csv, json, parquet") {
		t.Error(err)
	}
}

func TestExportFileIsWholeOrNotThere(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	path := filepath.Join(out, "trials.csv")
	if err := ExportFile(path, r, "trials", "csv"); err != nil {
		t.Fatal(err)
	}
	if err := ExportFile(path, r, "trials", "xls"); err == nil {
		t.Error("wrote a table in no format")
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, export(t, r, "trials", "csv")) {
		t.Errorf("the file has %d bytes, %v", len(got), err)
	}
	if left, _ := os.ReadDir(out); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestValuesAsText(t *testing.T) {
	for _, c := range []struct {
		v         any
		csv, json string
	}{
		{nil, "", "null"},
		{int64(-3), "-3", "-3"},
		{0.1, "0.1", "0.1"},
		{1e-7, "1e-07", "1e-07"},
		{math.Inf(1), "+Inf", "null"},
		{true, "true", "true"},
		{"fixed_point", "fixed_point", `"fixed_point"`},
		{`a "b", c`, `"a ""b"", c"`, `"a \"b\", c"`},
	} {
		if got := string(appendCSV(nil, []any{c.v})); got != c.csv+"\n" {
			t.Errorf("%v in CSV: %q, want %q", c.v, got, c.csv)
		}
		if got := string(appendJSON(nil, c.v)); got != c.json {
			t.Errorf("%v in JSON: %s, want %s", c.v, got, c.json)
		}
	}
}

func TestSettingColumns(t *testing.T) {
	points := []*config.Point{
		{Columns: []study.Setting{{Name: "N", Value: int64(2)}, {Name: "beta", Value: int64(1)}, {Name: "order", Value: "random"}, {Name: "degree", Value: nil}}},
		{Columns: []study.Setting{{Name: "N", Value: int64(3)}, {Name: "beta", Value: 0.5}, {Name: "order", Value: true}, {Name: "degree", Value: int64(4)}}},
	}
	columns, values := settingColumns(points)
	want := []TableColumn{
		{Name: "N", Type: study.Int}, {Name: "beta", Type: study.Decimal}, {Name: "order", Type: study.Text}, {Name: "degree", Type: study.Int},
	}
	for i := range want {
		if columns[i] != want[i] {
			t.Errorf("column %d: %v, want %v", i, columns[i], want[i])
		}
	}
	for i, w := range []any{int64(2), 1.0, "random", nil} {
		if values[0][i] != w {
			t.Errorf("%s of the first point: %v, want %v", want[i].Name, values[0][i], w)
		}
	}
	if values[1][2] != "true" {
		t.Errorf("order of the second point: %v", values[1][2])
	}
}
