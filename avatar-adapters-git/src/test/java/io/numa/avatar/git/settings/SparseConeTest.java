package io.numa.avatar.git.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseConeTest {
  private static final SparseCone CONE = SparseCone.of(List.of("src/app/", "docs"));

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "src, true",
    "src/app, true",
    "src/app/a/b, true",
    "docs, true",
    "docs/x, true",
    "src/application, false",
    "src/lib, false",
    "doc, false",
    "documents, false",
    "app, false"
  })
  void includesTheFoldersAndThoseAboveThem(String folder, boolean included) {
    assertThat(CONE.includesFolder(folder)).isEqualTo(included);
  }

  @ParameterizedTest
  @CsvSource({
    "pom.xml, true",
    "src/pom.xml, true",
    "src/app/x, true",
    "src/app/a/x, true",
    "src/lib/x, false",
    "other/x, false"
  })
  void includesTheFilesOfIncludedFolders(String file, boolean included) {
    assertThat(CONE.includesFile(file)).isEqualTo(included);
  }

  @Test
  void includesAllWhereThereIsNoFolder() {
    assertThat(SparseCone.of(List.of())).isEqualTo(SparseCone.ALL);
    assertThat(SparseCone.ALL.includesFolder("any/thing")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", "/a", "", ".git"})
  void refusesWhatIsNoFolderOfARepository(String folder) {
    assertThatThrownBy(() -> SparseCone.of(List.of(folder)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
