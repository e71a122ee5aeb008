package io.numa.avatar.git.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.http.HttpAnswer;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRefusalsTest {
  private static final String HOST = "https://git.example.com/app.git";

  private static HttpAnswer answer(int status, String type, String location) {
    var headers = new Headers.Builder();
    if (!type.equals("-")) {
      headers.add("Content-Type", type);
    }
    if (location != null) {
      headers.add("Location", location);
    }
    return new HttpAnswer(status, headers.build(), "", Optional.empty());
  }

  private static String verdict(String request, HttpAnswer answer) {
    return HttpRefusals.refusal(HOST + request, answer, true)
        .map(refusal -> refusal.kind().name())
        .orElse("-");
  }

  /** Each status once; `-` stands for an answer that JGit goes on with. */
  @ParameterizedTest
  @CsvSource({
    "-1, UNAVAILABLE, UNAVAILABLE",
    "201, UNAVAILABLE, UNAVAILABLE",
    "204, UNAVAILABLE, UNAVAILABLE",
    "206, UNAVAILABLE, UNAVAILABLE",
    "301, UNAVAILABLE, UNAVAILABLE",
    "302, UNAVAILABLE, UNAVAILABLE",
    "304, UNAVAILABLE, UNAVAILABLE",
    "307, UNAVAILABLE, UNAVAILABLE",
    "400, INVALID_ANSWER, PUSH_REJECTED",
    "401, -, -",
    "403, UNAUTHORIZED, UNAUTHORIZED",
    "404, NOT_FOUND, NOT_FOUND",
    "405, INVALID_ANSWER, PUSH_REJECTED",
    "407, -, -",
    "408, UNAVAILABLE, UNAVAILABLE",
    "410, NOT_FOUND, NOT_FOUND",
    "411, INVALID_ANSWER, PUSH_REJECTED",
    "413, INVALID_ANSWER, PUSH_REJECTED",
    "415, INVALID_ANSWER, PUSH_REJECTED",
    "422, INVALID_ANSWER, PUSH_REJECTED",
    "425, UNAVAILABLE, UNAVAILABLE",
    "429, UNAVAILABLE, UNAVAILABLE",
    "451, NOT_FOUND, NOT_FOUND",
    "500, UNAVAILABLE, UNAVAILABLE",
    "502, UNAVAILABLE, UNAVAILABLE",
    "503, UNAVAILABLE, UNAVAILABLE",
    "504, UNAVAILABLE, UNAVAILABLE",
  })
  void judgesByTheStatus(int status, String atFetch, String atPush) {
    HttpAnswer answer = answer(status, "text/plain", null);

    assertThat(verdict("/info/refs?service=git-upload-pack", answer)).isEqualTo(atFetch);
    assertThat(verdict("/git-upload-pack", answer)).isEqualTo(atFetch);
    assertThat(verdict("/info/refs?service=git-receive-pack", answer)).isEqualTo(atPush);
    assertThat(verdict("/git-receive-pack", answer)).isEqualTo(atPush);
  }

  /**
   * redmine_git_hosting#63, dulwich#1192: types with parameters. isomorphic-git#360: no service.
   */
  @ParameterizedTest
  @CsvSource({
    "/info/refs?service=git-upload-pack, application/x-git-upload-pack-advertisement, -",
    "/info/refs?service=git-upload-pack, text/plain, -",
    "/info/refs?service=git-upload-pack, -, -",
    "/info/refs?service=git-upload-pack, text/html; charset=utf-8, UNAVAILABLE",
    "/info/refs?service=git-receive-pack, application/x-git-receive-pack-advertisement, -",
    "/info/refs?service=git-receive-pack, application/x-git-receive-pack-advertisement;charset=u, -",
    "/info/refs?service=git-receive-pack, text/plain, PUSH_REJECTED",
    "/info/refs?service=git-receive-pack, -, PUSH_REJECTED",
    "/info/refs?service=git-receive-pack, text/html, UNAVAILABLE",
    "/git-upload-pack, application/x-git-upload-pack-result, -",
    "/git-upload-pack, application/x-git-upload-pack-result; charset=utf-8, -",
    "/git-upload-pack, TEXT/HTML, UNAVAILABLE",
    "/git-upload-pack, application/json, UNAVAILABLE",
    "/git-receive-pack, application/x-git-receive-pack-result, -",
    "/git-receive-pack, -, UNAVAILABLE",
    "/HEAD, text/plain, -",
    "/objects/info/packs, text/html, UNAVAILABLE",
  })
  void judgesASuccessByItsType(String request, String type, String verdict) {
    assertThat(verdict(request, answer(200, type, null))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example.com/app.git/info/refs?service=git-upload-pack, -",
    "/moved/app.git/info/refs?service=git-upload-pack, -",
    "http://git.example.com/app.git/info/refs?service=git-upload-pack, UNAVAILABLE",
    "https://login.example.com/?back=app, UNAVAILABLE",
    ", UNAVAILABLE",
  })
  void followsOnlyRedirectionsToARepository(String location, String verdict) {
    HttpAnswer answer = answer(302, "text/html", location);

    assertThat(verdict("/info/refs?service=git-upload-pack", answer)).isEqualTo(verdict);
    assertThat(verdict("/git-upload-pack", answer)).isEqualTo("UNAVAILABLE");
  }

  @Test
  void leavesMissingFilesOfAServerWithoutServicesToJGit() {
    assertThat(verdict("/objects/12/34", answer(404, "text/plain", null))).isEqualTo("-");
    assertThat(verdict("/objects/12/34", answer(403, "text/plain", null)))
        .isEqualTo("UNAUTHORIZED");
  }
}
