package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.contract.ChangeRequestsContract;
import io.numa.avatar.testkit.fixture.ForgeWorld;
import java.time.Clock;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of all HTTP services. It adds tests of the HTTP calls to the contract of all
 * adapters.
 */
abstract class ForgeContract extends ChangeRequestsContract {
  private final FakeForge forge = forge();
  private final HttpChangeRequests requests =
      new HttpChangeRequests(forge.settings(), Clock.systemUTC());

  abstract FakeForge forge();

  @Override
  protected ChangeRequests requests() {
    return requests;
  }

  @Override
  protected ForgeWorld world() {
    return forge;
  }

  @AfterEach
  void stop() {
    requests.close();
    forge.close();
  }

  @Test
  void opensNoSecondOneWhenTheAnswerToTheFirstWasLost() throws InterruptedException {
    forge.loseTheAnswer(forge::opens);

    ProposedChange found = requests.open(request());

    assertThat(found.standing()).isEqualTo(Standing.FOUND);
    assertThat(forge.requests()).hasSize(1);
  }

  @Test
  void asksAgainWhereTheServiceIsAway() throws InterruptedException {
    forge.answerOnce(call -> true, new MockResponse.Builder().code(502).build());
    forge.answerOnce(forge::opens, new MockResponse.Builder().code(503).build());

    assertThat(requests.open(request()).standing()).isEqualTo(Standing.OPENED);
  }

  @Test
  void findsTheOneThatAnotherClientOpenedInBetween() throws InterruptedException {
    ProposedChange opened = requests.open(request());
    forge.answerOnce(call -> call.method().equals("GET"), emptyList());

    ProposedChange found = requests.open(request());

    assertThat(found).isEqualTo(new ProposedChange(opened.url(), Standing.FOUND, List.of()));
    assertThat(forge.requests()).hasSize(1);
  }

  abstract MockResponse emptyList();

  @Test
  void saysWhatTheServiceSaysAndNeverTheToken() {
    String echo = "no such token: " + FakeForge.TOKEN;
    forge.answerOnce(call -> true, forge.json(401, forge.message(echo)));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> requests.open(request()))
        .withMessageContaining("no such token: ***")
        .withMessageContaining("git.credentials")
        .withMessageNotContaining(FakeForge.TOKEN)
        .extracting(PortException::kind)
        .isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void passesOnWhyAChangeRequestIsRefused() {
    forge.answerOnce(
        forge::opens, forge.json(422, forge.message("No commits between main and dev")));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> requests.open(request()))
        .withMessageContaining("could not open a change request for 'dev'")
        .withMessageContaining("No commits between main and dev");
  }

  @Test
  void keepsTheTokenOutOfAddressesAndBodies() throws InterruptedException {
    requests.open(request());

    assertThat(forge.calls)
        .allSatisfy(
            call -> {
              assertThat(call.request().getUrl().toString()).doesNotContain(FakeForge.TOKEN);
              assertThat(call.body().toString()).doesNotContain(FakeForge.TOKEN);
            });
  }

  ChangeRequest request() {
    var pushed =
        new PendingPush(forge.repository(), new BranchName("dev"), new CommitId("3".repeat(40)));
    forge.push(pushed);
    return new ChangeRequest(
        pushed, new BranchName("main"), "Title", "Body", false, List.of(), List.of());
  }
}
