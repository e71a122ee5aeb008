package io.numa.avatar.run.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/java/shop/CartTest.java",
        "src/test/resources/data.json",
        "modules/a/src/testFixtures/java/A.java",
        "app/src/androidTest/kotlin/A.kt",
        "test/cart.js",
        "tests/helpers.py",
        "pkg/tests/deep/er/x.txt",
        "web/__tests__/cart.js",
        "web/__snapshots__/cart.js.snap",
        "cart_test.go",
        "pkg/testdata/golden.txt",
        "src/cart.test.ts",
        "src/cart.spec.tsx",
        "test_cart.py",
        "shop/test_cart.py",
        "conftest.py",
        "spec/cart_spec.rb",
        "Shop.Tests/CartTests.cs",
        "Tests/ShopTests/CartTests.swift",
        "t/basic.t",
        "t/deep/basic.t",
        "CartIT.java",
        "jest.config.mjs",
      })
  void knowsTestFiles(String path) {
    assertThat(TestFiles.is(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/shop/Cart.java",
        "src/main/java/shop/Testimony.java",
        "core/src/main/java/shop/test/Runner.java",
        "contest.py",
        "latest/notes.txt",
        "attest/a.txt",
        "src/protest/A.java",
        "docs/testing.md",
        "package.json",
        "Makefile",
        "test",
      })
  void leavesOtherFilesAlone(String path) {
    assertThat(TestFiles.is(path)).isFalse();
  }

  /** The documents list what the code has. */
  @Test
  void isDocumented() throws Exception {
    String text = Files.readString(Path.of("../docs/detection.md"), UTF_8);

    assertThat(text)
        .contains(
            TestFiles.PATTERNS.stream()
                .map(pattern -> "`" + pattern + "`")
                .collect(Collectors.toList()));
  }
}
