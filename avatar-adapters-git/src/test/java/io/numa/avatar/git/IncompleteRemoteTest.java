package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.LocalGit;
import io.numa.avatar.git.fixture.NginxGit;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Remotes that do not have the whole history, or not all files, with a cache between tasks. */
@Timeout(60)
class IncompleteRemoteTest {
  @TempDir Path temp;
  private NginxGit nginx;
  private LocalGit source;
  private int tasks;

  @BeforeEach
  void start() throws Exception {
    nginx = NginxGit.start(temp.resolve("nginx"));
    nginx.requirePassword("s3cret");
    source = LocalGit.init(temp.resolve("source"));
    for (String content : List.of("one\n", "two\n", "three\n")) {
      source.write("a.txt", content);
      source.commitAll(content.strip());
    }
    source.run("config", "uploadpack.allowFilter", "true");
  }

  @AfterEach
  void stop() {
    nginx.close();
  }

  /** jenkins git-plugin#3988: a remote that is a shallow clone. */
  @ParameterizedTest
  @CsvSource({"http,0", "http,1", "file,0", "file,1"})
  void isWorkedOnIfItIsShallow(String way, int depth) throws Exception {
    LocalGit shallow =
        source.cloneTo(temp.resolve("shallow.git"), "--bare", "--depth", "2", "--no-tags");
    shallow.run("config", "http.receivepack", "true");
    String url = way.equals("http") ? nginx.url(shallow.folder()) : shallow.folder().toUri() + "";

    try (WorkingCopy copy = checkOut(url, depth, "main")) {
      assertThat(new LocalGit(copy.directory()).run("log", "--format=%s")).startsWith("three");
      push(copy, "first task");
    }
    try (WorkingCopy copy = checkOut(url, depth, "dev-1")) {
      assertThat(copy.directory().resolve("first task")).hasContent("first task");
      push(copy, "second task");
    }

    assertThat(shallow.run("log", "--format=%s", "dev-2"))
        .isEqualTo("second task\nfirst task\nthree\ntwo");
    assertThat(shallow.run("fsck", "--connectivity-only")).doesNotContain("missing", "broken");
    for (Path mirror : mirrors()) {
      assertThat(new LocalGit(mirror).run("fsck", "--connectivity-only"))
          .doesNotContain("missing", "broken");
    }
  }

  /** jgit#26: a remote that is a partial clone and lacks the files of the branch. */
  @Test
  void isRefusedIfItLacksFiles() throws Exception {
    LocalGit partial = source.cloneTo(temp.resolve("partial.git"), "--bare", "--filter=blob:none");

    PortException refusal =
        catchThrowableOfType(
            PortException.class, () -> checkOut(partial.folder().toUri() + "", 0, "main").close());

    assertThat(refusal).hasMessageContaining("partial clone");
  }

  private List<Path> mirrors() throws Exception {
    try (var all = Files.walk(temp.resolve("kept"))) {
      return all.filter(folder -> Files.isDirectory(folder.resolve("objects/pack"))).toList();
    }
  }

  private void push(WorkingCopy copy, String name) throws Exception {
    Files.writeString(copy.directory().resolve(name), name);
    stageAll(copy).commit(name).push();
  }

  private WorkingCopy checkOut(String url, int depth, String base) throws InterruptedException {
    tasks++;
    GitSettings settings =
        GitSettings.of(JGitContract.IDENTITY)
            .withDepth(depth)
            .withCredentials(
                HostCredential.password("127.0.0.1:*", NginxGit.USER, new Secret("s3cret")))
            .withReuse(CacheSettings.in(temp.resolve("kept")));
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("dev-" + tasks),
            List.of(new BranchName(base)),
            temp.resolve("kept/task/" + tasks));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }
}
