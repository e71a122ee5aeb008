package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A generated bare repository whose commits cover, one by one, what diffs can contain. */
final class OddHistory {
  private static final String PRELUDE =
      """
      export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@invalid GIT_AUTHOR_DATE='1700000000 +0000'
      export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@invalid
      export GIT_COMMITTER_DATE='1700000000 +0000'
      git init -q tree
      cd tree
      git config core.filemode true
      git config core.autocrlf false
      commit() { git add -A; git commit -q -m x; }
      submodule() { git update-index --add --cacheinfo 160000,$2,$1; mkdir -p $1; git commit -q -m x; }
      noise() { awk -v n=$1 'BEGIN { srand(n); for (i = 0; i < 3000; i++) printf "%c", 1 + rand() * 255 }'; }
      """;

  /** The commits, one per entry. */
  private static final List<String> STEPS =
      List.of(
          "seq 1 100 > numbers; echo a > a; mkdir folder; seq 1 40 > folder/forty; commit",
          "sed -i -e 5d -e 's/^50$/fifty/' -e '$a last' numbers; commit",
          "printf 'no line feed' >> a; commit",
          "printf '\\n' >> a; commit",
          ": > empty; : > folder/empty; commit",
          "echo full > empty; : > a; commit",
          "rm folder/empty; commit",
          "git mv numbers folder/numbers; commit",
          "git mv folder/forty forty; sed -i s/7/seven/ forty; commit",
          "cp folder/numbers copy; echo more >> copy; echo more >> folder/numbers; commit",
          "cp folder/numbers twin; sed -i 1d folder/numbers; commit",
          "chmod +x forty; commit",
          "chmod -x forty; sed -i 9d forty; commit",
          "printf '#!/bin/sh\\n' > tool; seq 1 30 >> tool; chmod +x tool; commit",
          "git mv tool folder/tool; commit",
          "ln -s folder/numbers link; ln -s nowhere/at/all dangling; commit",
          "ln -sfn forty link; commit",
          "rm link; echo a > link; rm empty; ln -s a empty; commit",
          "rm link dangling empty; commit",
          "noise 1 > binary; printf 'PNG\\0\\1\\2' > small; commit",
          "printf 'x' >> binary; printf '\\0' > small; commit",
          "git mv binary folder/binary; printf 'y' >> folder/binary; commit",
          "rm folder/binary small; commit",
          "printf 'one\\r\\ntwo\\r\\nthree\\r\\n' > dos; printf 'one\\r\\ntwo\\nthree\\r\\n' > both; commit",
          "sed -i 's/two/2/' dos both; commit",
          "printf 'four' >> dos; sed -i 's/\\r//' both; commit",
          "printf '\\xff\\xfea\\0\\r\\0\\n\\0' > utf16; printf 'gr\\xfc\\xdfe\\n' > latin; commit",
          "printf 'b\\0\\r\\0\\n\\0' >> utf16; printf 'gr\\xf6\\xdfe\\n' >> latin; commit",
          "printf '*.bat text eol=crlf\\n*.txt text\\n' > .gitattributes; commit",
          "printf 'one\\r\\ntwo\\r\\n' > run.bat; seq 1 20 > read.txt; commit",
          "printf 'three\\r\\n' >> run.bat; sed -i 3d read.txt; commit",
          "git rm -q run.bat; commit",
          "printf '* text=auto\\n' > .gitattributes; sed -i 's/2/zwei/' dos; commit",
          "rm .gitattributes; printf 'end\\r\\n' >> dos; commit",
          "echo a > 'two words'; echo b > 'gr\u00fc\u00df \"e'; echo c > $'tab\\there'; commit",
          "echo d >> 'two words'; git mv 'gr\u00fc\u00df \"e' 'gr\u00fc\u00df'; echo e >> $'tab\\there'; commit",
          "echo a > $'latin-\\xfc'; mkdir $'folder-\\xdf'; echo b > $'folder-\\xdf/in it'; commit",
          "echo c >> $'latin-\\xfc'; git mv $'folder-\\xdf/in it' 'in it'; commit",
          "submodule modules/one $(printf %040d 1)",
          "submodule modules/one $(printf %040d 2)",
          "git rm -q --cached modules/one; rm -r modules; commit",
          "rm -r folder; echo 'a file now' > folder; commit",
          "rm folder; mkdir folder; echo 'a folder again' > folder/in; commit",
          "printf -- '-- a\\n++ b\\n@@ -1 +1 @@\\ndiff --git a/x b/x\\n' > looks; commit",
          "printf -- '-- c\\n++ d\\n@@ -1 +1 @@\\ndiff --git a/x b/y\\n' > looks; commit",
          "mkdir build; echo build > .gitignore; echo kept > build/kept; git add -f build; commit",
          "echo changed > build/kept; echo new > build/new; git add -f build; commit");

  private OddHistory() {}

  /** Makes the repository in {@code folder}; aborts the test where there is no Git. */
  static Path in(Path folder) throws IOException, InterruptedException {
    assumeTrue(isThere("git"), "git is not installed");
    bash(folder, PRELUDE + String.join("\n", STEPS) + "\ngit clone -q --bare . ../odd.git\n");
    return folder.resolve("odd.git");
  }

  /** How many of its commits have a parent. */
  static int changes() {
    return STEPS.size() - 1;
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void bash(Path folder, String script) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("script"), script.getBytes(UTF_8));
    Process process =
        new ProcessBuilder("bash", "-e", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(folder.resolve("output"))).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
