package io.numa.avatar.git.internal.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numa.avatar.git.internal.lfs.LfsAnswers.Part;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LfsAnswersTest {
  private static final LfsPointer HELLO =
      new LfsPointer("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5);
  private static final Headers LFS = Headers.of("Content-Type", "application/vnd.git-lfs+json");
  private static final String SECRET = "ghp_0123456789abcdefghij";

  private final LfsRefusals refusals =
      new LfsRefusals(
          "could not move LFS objects: the LFS server 'x'",
          true,
          FailureKind.PUSH_REJECTED,
          Redactor.of(List.of(new Secret(SECRET))));

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "BATCH, 200, PASSING",
    "BATCH, 302, PASSING",
    "BATCH, 400, FINAL_FOR_REQUEST",
    "BATCH, 401, CREDENTIALS",
    "BATCH, 403, CREDENTIALS",
    "BATCH, 404, FINAL_FOR_TASK",
    "BATCH, 406, FINAL_FOR_REQUEST",
    "BATCH, 407, CREDENTIALS",
    "BATCH, 408, PASSING",
    "BATCH, 410, FINAL_FOR_TASK",
    "BATCH, 413, FINAL_FOR_REQUEST",
    "BATCH, 422, FINAL_FOR_REQUEST",
    "BATCH, 429, PASSING",
    "BATCH, 500, PASSING",
    "BATCH, 501, FINAL_FOR_TASK",
    "BATCH, 502, PASSING",
    "BATCH, 503, PASSING",
    "BATCH, 504, PASSING",
    "BATCH, 507, FINAL_FOR_TASK",
    "BATCH, 509, FINAL_FOR_TASK",
    "OBJECT, 0, PASSING",
    "OBJECT, 401, CREDENTIALS",
    "OBJECT, 403, CREDENTIALS",
    "OBJECT, 404, FINAL_FOR_TASK",
    "OBJECT, 409, FINAL_FOR_TASK",
    "OBJECT, 410, FINAL_FOR_TASK",
    "OBJECT, 413, FINAL_FOR_TASK",
    "OBJECT, 422, FINAL_FOR_TASK",
    "OBJECT, 429, PASSING",
    "OBJECT, 500, PASSING",
    "OBJECT, 503, PASSING",
    "OBJECT, 507, FINAL_FOR_TASK",
    "OBJECT, 509, FINAL_FOR_TASK",
    "TRANSFER, 302, PASSING",
    "TRANSFER, 400, FINAL_FOR_REQUEST",
    "TRANSFER, 401, PASSING",
    "TRANSFER, 403, PASSING",
    "TRANSFER, 404, FINAL_FOR_TASK",
    "TRANSFER, 407, CREDENTIALS",
    "TRANSFER, 408, PASSING",
    "TRANSFER, 410, FINAL_FOR_TASK",
    "TRANSFER, 413, FINAL_FOR_TASK",
    "TRANSFER, 422, FINAL_FOR_REQUEST",
    "TRANSFER, 429, PASSING",
    "TRANSFER, 500, PASSING",
    "TRANSFER, 501, PASSING",
    "TRANSFER, 503, PASSING",
    "TRANSFER, 507, FINAL_FOR_TASK",
    "TRANSFER, 509, FINAL_FOR_TASK"
  })
  void judgesAnAnswer(Part part, int status, AnswerVerdict verdict) {
    assertThat(LfsAnswers.of(part, status).verdict()).isEqualTo(verdict);
    Throwable failure =
        catchThrowable(
            () -> {
              throw part == Part.BATCH
                  ? refusals.ofBatch(answer(status, LFS, "{\"message\":\"why\"}"))
                  : part == Part.OBJECT
                      ? refusals.ofObject(HELLO, new LfsBatch.ItemError(status, "why"))
                      : refusals.ofTransfer(HELLO, answer(status, LFS, "{\"message\":\"why\"}"));
            });
    assertThat(failure).hasMessageEndingWith(": why").hasMessageContaining("(" + status);
    switch (verdict) {
      case PASSING -> assertThat(failure).isInstanceOf(LfsPassingException.class);
      case CREDENTIALS ->
          assertThat(((PortException) failure).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
      default -> {
        if (part == Part.BATCH) {
          assertThat(((PortException) failure).retryable()).isFalse();
        } else {
          assertThat(failure).isInstanceOf(LfsObjectException.class);
        }
      }
    }
  }

  @Test
  void tellsTheServersOwnWordsHarmlesslyAndShort() {
    Throwable failure =
        catchThrowable(
            () -> {
              throw refusals.ofBatch(
                  answer(
                      507,
                      Headers.of("Content-Type", "text/plain; charset=utf-8"),
                      "no\u001b[31m\nroom for " + SECRET + " " + "x".repeat(1000)));
            });

    assertThat(((PortException) failure).kind()).isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(failure)
        .hasMessageStartingWith(
            "could not move LFS objects: the LFS server 'x' has no room left (507): no room"
                + " for *** xxx")
        .hasMessageEndingWith("x…")
        .hasMessageNotContaining("ghp_");
    assertThat(failure.getMessage()).hasSizeLessThan(400);
  }

  @Test
  void waitsByTheServersOwnClock() throws Exception {
    assertThat(pause("Retry-After", "7")).isEqualTo(Duration.ofSeconds(7));
    assertThat(
            pause(
                "Date", "Sun, 29 Nov 2026 10:00:00 GMT",
                "Retry-After", "Sun, 29 Nov 2026 10:00:09 GMT"))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(pause("Retry-After", "Sun, 29 Nov 2026 10:00:09 GMT")).isEqualTo(Duration.ZERO);
    assertThat(pause()).isEqualTo(Duration.ZERO);
  }

  private Duration pause(String... headers) throws IOException {
    IOException failure = refusals.ofBatch(answer(429, Headers.of(headers), ""));
    return ((LfsPassingException) failure).pause();
  }

  @Test
  void takesAWebPageForPassing() throws Exception {
    var page = answer(200, Headers.of("Content-Type", "text/html"), "<h1>Be right back</h1>");

    assertThat(refusals.ofBatch(page)).hasMessageContaining("answers with a web page");
    assertThat(refusals.ofTransfer(HELLO, page)).hasMessageContaining("answers with a web page");
  }

  private static HttpAnswer answer(int status, Headers headers, String text) {
    return new HttpAnswer(status, headers, text, Optional.empty());
  }

  @Test
  void askedTooMuchAsksInHalvesAndFollowsItsOwnHost() throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(redirection(server.url("/lfs/objects/batch/").toString()));
      server.enqueue(new MockResponse.Builder().code(413).build());
      for (int i = 0; i < 2; i++) {
        server.enqueue(
            json(
                "{\"objects\":[{\"oid\":\"%s\",\"error\":{\"code\":410,\"message\":\"gone\"}}]}"
                    .formatted(oid(i))));
      }

      Throwable failure = catchThrowable(() -> download(server, objects(2)));

      assertThat(failure)
          .isInstanceOf(LfsObjectException.class)
          .hasMessage("the LFS server had the object, and its owner removed it (410): gone");
      assertThat(server.takeRequest().getTarget()).isEqualTo("/lfs/objects/batch");
      var followed = server.takeRequest();
      assertThat(followed.getTarget()).isEqualTo("/lfs/objects/batch/");
      assertThat(followed.getMethod()).isEqualTo("POST");
      assertThat(followed.getBody().utf8()).contains(oid(0), oid(1));
      assertThat(server.takeRequest().getBody().utf8()).contains(oid(0)).doesNotContain(oid(1));
      assertThat(server.takeRequest().getBody().utf8()).contains(oid(1)).doesNotContain(oid(0));
    }
  }

  @Test
  void doesNotFollowToAnotherHost() throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      for (int i = 0; i < 3; i++) {
        server.enqueue(redirection("https://login.example.com/?then=secret"));
      }

      Throwable failure = catchThrowable(() -> download(server, objects(1)));

      assertThat(failure)
          .isInstanceOf(LfsPassingException.class)
          .hasMessageContaining("(302, to login.example.com)")
          .hasMessageNotContaining("secret");
      assertThat(server.getRequestCount()).isEqualTo(3);
    }
  }

  /** More answers of 429 than attempts: the server's limiter decides. */
  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(busy("1"));
      server.enqueue(busy("301"));

      Throwable failure = catchThrowable(() -> download(server, objects(1)));

      assertThat(failure).isInstanceOf(LfsPassingException.class).hasMessageContaining("(429)");
      assertThat(server.getRequestCount()).isEqualTo(2);
    }
  }

  private void download(MockWebServer server, List<LfsPointer> objects) throws IOException {
    GitSettings settings =
        GitSettings.of(new GitIdentity("a", "a@example.com")).withAccess(GitAccess.open());
    new HttpLfsServer(server.url("/lfs"), settings)
        .download(objects, new LfsStore(temp), NullProgressMonitor.INSTANCE);
  }

  private static List<LfsPointer> objects(int count) {
    return IntStream.range(0, count).mapToObj(i -> new LfsPointer(oid(i), 5)).toList();
  }

  private static String oid(int number) {
    return String.valueOf(number).repeat(64);
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder()
        .code(200)
        .addHeader("Content-Type", "application/vnd.git-lfs+json")
        .body(body)
        .build();
  }

  private static MockResponse redirection(String to) {
    return new MockResponse.Builder().code(302).addHeader("Location", to).build();
  }

  private static MockResponse busy(String seconds) {
    return new MockResponse.Builder().code(429).addHeader("Retry-After", seconds).build();
  }
}
