package io.numa.avatar.git.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerWordsTest {
  private static final URIish HOST = new URIish().setScheme("https").setHost("git.example.com");

  @ParameterizedTest
  @CsvSource({
    "The project you were looking for could not be found or you don't have permission, NO_REPOSITORY",
    "Repository not found., NO_REPOSITORY",
    "'/srv/x.git' does not appear to be a git repository, NO_REPOSITORY",
    "no such project, NO_REPOSITORY",
    "Permission to acme/app.git denied to deploy key, LOGIN",
    "access denied or repository not exported: /app.git, LOGIN",
    "You are not allowed to push code to this project., LOGIN",
    "Please make sure you have the correct access rights, LOGIN",
    "The service is temporarily unavailable, TROUBLE",
    "git.example.com is under maintenance, TROUBLE",
    "Too many requests, TROUBLE",
    "internal server error, TROUBLE",
    "upload-pack: not our ref 1234, OTHER",
    "index-pack abnormal exit, OTHER",
    "Large files detected, OTHER",
  })
  void findsTheReasonInTheWords(String words, ServerWords row) {
    assertThat(ServerWords.of(words)).isEqualTo(row);
  }

  private static Optional<RefusedRequestException> refusal(Throwable failure) {
    return ServerWords.refusal(GitService.PUSH, new IOException("later", failure), "");
  }

  @Test
  void findsTheWordsInTheFailuresOfJGit() {
    assertThat(refusal(new RemoteRepositoryException(HOST, "no such project")).orElseThrow())
        .hasMessage("refused the request: no such project")
        .extracting(RefusedRequestException::kind)
        .isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refusal(new TransportException("remote: fatal: bad tree")).orElseThrow())
        .hasMessage("refused the request: fatal: bad tree")
        .extracting(RefusedRequestException::kind)
        .isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(
            refusal(
                    new TransportException(
                        HOST, "error occurred during unpacking on the remote end: index-pack"))
                .orElseThrow())
        .hasMessage("refused the request: index-pack");
    assertThat(
            refusal(new PackProtocolException(HOST, "unexpected report line: ERR quota reached"))
                .orElseThrow())
        .hasMessage("refused the request: quota reached");
    assertThat(refusal(new TooLargePackException(HOST, "Pack exceeds the limit")).orElseThrow())
        .hasMessage("refused the request: Pack exceeds the limit");
  }

  @Test
  void findsNoneInFailuresOfTheNetwork() {
    assertThat(refusal(new TransportException(HOST, "connection failed"))).isEmpty();
    assertThat(refusal(new IOException("remote: no"))).isEmpty();
  }
}
