package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.LocalGit;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same identity as native Git takes for an author. */
class PersonalIdentityTest {
  private static final String ADA = "[user]\n\tname = Ada\n\temail = ada@example.com\n";

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private LocalGit repository;

  @BeforeEach
  void makeHome() throws Exception {
    home = Files.createDirectories(temp.toRealPath().resolve("home"));
    environment.put("HOME", home.toString());
    repository = LocalGit.init(home.resolve("work/app"));
  }

  @Test
  void findsNoneInAnEmptyHome() {
    assertThat(find()).isEmpty();
  }

  @Test
  void readsThePersonsFiles() throws IOException {
    Files.createDirectories(home.resolve(".config/git"));
    Files.writeString(home.resolve(".config/git/config"), ADA);
    assertThat(find()).contains(new GitIdentity("Ada", "ada@example.com"));

    Files.writeString(home.resolve(".gitconfig"), "[user]\n\tname = \"A. <L>\"\n");
    assertThat(find()).contains(new GitIdentity("A. L", "ada@example.com"));
  }

  @Test
  void prefersTheRepositoryAndThenTheEnvironment() throws Exception {
    Files.writeString(home.resolve(".gitconfig"), ADA);
    repository.run("config", "user.email", "ada@work.example");
    assertThat(find()).contains(new GitIdentity("Ada", "ada@work.example"));

    environment.put("GIT_AUTHOR_NAME", "Countess");
    assertThat(find()).contains(new GitIdentity("Countess", "ada@work.example"));
  }

  @Test
  void followsIncludesForTheRepositorysFolder() throws IOException {
    Files.writeString(
        home.resolve(".gitconfig"),
        ADA
            + "[includeIf \"gitdir:~/work/\"]\n\tpath = work.inc\n"
            + "[includeIf \"gitdir:~/play/\"]\n\tpath = play.inc\n"
            + "[include]\n\tpath = ~/.gitconfig\n");
    Files.writeString(home.resolve("work.inc"), "[user]\n\temail = ada@work.example\n");
    Files.writeString(home.resolve("play.inc"), "[user]\n\temail = ada@play.example\n");

    assertThat(find()).contains(new GitIdentity("Ada", "ada@work.example"));
  }

  @Test
  void takesNothingFromABrokenFile() throws IOException {
    Files.writeString(home.resolve(".gitconfig"), "[user\n");

    assertThat(find()).isEmpty();
  }

  private Optional<GitIdentity> find() {
    return PersonalIdentity.find(RepositoryUrl.parse(repository.folder().toString()), environment);
  }
}
