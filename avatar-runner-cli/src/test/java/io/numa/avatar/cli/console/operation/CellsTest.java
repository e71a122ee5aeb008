package io.numa.avatar.cli.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "修复解析器, 10",
    "e\u0301, 1",
    "a修, 3",
    "'', 0",
  })
  void countsTheCellsOfATerminal(String text, int width) {
    assertThat(Cells.width(text)).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcd…",
    "修复解析器, 10, 修复解析器",
    "修复解析器, 9, 修复解析…",
    "修复解析器, 8, 修复解…",
  })
  void cutsWithinTheCellsAndMarksIt(String text, int width, String cut) {
    assertThat(Cells.cut(text, width)).isEqualTo(cut);
  }

  @Test
  void fillsUpByCells() {
    assertThat(Cells.left("修复", 6)).isEqualTo("修复  ");
    assertThat(Cells.right("12", 4)).isEqualTo("  12");
    assertThat(Cells.left("too long", 3)).isEqualTo("too long");
  }

  @Test
  void wrapsBetweenWordsAndLongWordsWithin() {
    assertThat(Cells.wrap("one two three", 8)).containsExactly("one two", "three");
    assertThat(Cells.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
    assertThat(Cells.wrap("修复解析器", 4)).containsExactly("修复", "解析", "器");
    assertThat(Cells.wrap("修", 1)).containsExactly("修", "");
    assertThat(Cells.wrap("", 4)).containsExactly("");
  }
}
