package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTranslationTest {
  private static final String TRANSLATIONS =
      """
      # Values
      a list, each item {}
      列表，每项为{}

      {} or {}
      {} 或 {}

      a path
      路径

      # Text
      The first line and the second.
      两行。

      key
      键
      """;

  private final PageTranslation chinese = new PageTranslation(TRANSLATIONS);

  @Test
  void translatesBlocksAndCellsAndKeepsCode() {
    String page =
        """
        ## key

        <!-- key -->

        - The first line
          and the second.
        - a path

        | key | a, b or c |
        |---|---|
        | `key` | a list, each item a path |

        ```yaml
        key: a path

        more: true
        ```

        key
        """;

    assertThat(chinese.translate(page))
        .isEqualTo(
            """
            ## 键

            <!-- key -->

            - 两行。
            - 路径

            | 键 | a, b 或 c |
            |---|---|
            | `key` | 列表，每项为路径 |

            ```yaml
            key: a path

            more: true
            ```

            键
            """);
    assertThat(chinese.missing()).isEmpty();
    assertThat(chinese.unused()).isEmpty();
  }

  @Test
  void namesTextsWithoutATranslationAndTranslationsOfNoText() {
    chinese.translate("| a list, each item a new thing | key | A name or a path. |\n");

    assertThat(chinese.missing())
        .containsExactly("a list, each item a new thing", "A name or a path.");
    assertThat(chinese.unused())
        .containsExactlyInAnyOrder(
            "a list, each item {}", "{} or {}", "a path", "The first line and the second.");
  }
}
