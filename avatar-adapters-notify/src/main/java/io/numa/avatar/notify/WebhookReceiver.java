package io.numa.avatar.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.AnswerLimits;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.JsonBody;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.http.ServerText;
import io.numa.avatar.http.address.AddressRule;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.http.address.CheckedCalls;
import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.Sha256;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * The hook of a chat, over HTTP. Redirections are not followed: the address is a secret, and its
 * operator knows the right one. The hook's own host may be on this machine or in a private network,
 * as the operator named it.
 */
public final class WebhookReceiver implements NoticeReceiver, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final AnswerLimits LIMITS = new AnswerLimits(64 * 1024, 16 * 1024);
  private static final int MAX_EXCERPT = 200;
  private static final int ID_DIGITS = 16;

  private final Webhook hook;
  private final HttpUrl url;
  private final Redactor redactor;
  private final Clock clock;
  private final Duration limit;
  private final HttpTransport transport;

  /** A receiver that waits up to 20 s for an answer. */
  public WebhookReceiver(Webhook hook, Redactor redactor, Clock clock) {
    this(hook, redactor, clock, Duration.ofSeconds(20));
  }

  /**
   * @param redactor also receives the secrets of the hook
   * @param limit the time for one delivery
   */
  WebhookReceiver(Webhook hook, Redactor redactor, Clock clock, Duration limit) {
    this.hook = hook;
    this.url = HttpUrl.get(hook.url().reveal());
    this.redactor = redactor;
    this.clock = clock;
    this.limit = limit;
    var rule = new AddressRule(AllowedNetworks.NONE, to -> to.host().equals(url.host()), "notify");
    var checked = new CheckedCalls(new CheckedLookup(rule, HostLookup.SYSTEM));
    this.transport =
        new HttpTransport(
            "avatar-notify", CONNECT, LIMITS, client -> client.addInterceptor(checked));
    redactor.add(hook.url());
    hook.secret().ifPresent(redactor::add);
  }

  @Override
  public String id() {
    return "hook " + Sha256.hex(hook.template().word() + " " + url).substring(0, ID_DIGITS);
  }

  @Override
  public String name() {
    return hook.template().word() + " at " + url.host();
  }

  @Override
  public Set<NoticeEvent> events() {
    return hook.events();
  }

  @Override
  public void deliver(Notice notice) throws InterruptedException {
    HttpAnswer answer = exchange(request(notice));
    if (Redirects.isOne(answer)) {
      throw failure(
          "it redirects to " + answer.redirection() + ", and redirections are not followed");
    }
    if (!answer.successful()) {
      throw failure("it answered " + answer.status() + excerpt(answer.text()));
    }
    refusal(answer)
        .ifPresent(
            reason -> {
              throw failure("it refused: " + reason);
            });
  }

  private Request request(Notice notice) {
    ObjectNode message = Messages.of(hook.template(), notice);
    HttpUrl.Builder to = url.newBuilder();
    hook.secret()
        .ifPresent(
            secret -> {
              if (hook.template() == Template.DINGTALK) {
                long now = clock.millis();
                to.addQueryParameter("timestamp", String.valueOf(now));
                to.addQueryParameter("sign", Signature.ofDingTalk(secret, now));
              } else if (hook.template() == Template.FEISHU) {
                long now = clock.instant().getEpochSecond();
                message.put("timestamp", String.valueOf(now));
                message.put("sign", Signature.ofFeishu(secret, now));
              }
            });
    return new Request.Builder().url(to.build()).post(new JsonBody(message)).build();
  }

  private HttpAnswer exchange(Request request) throws InterruptedException {
    try {
      return transport.exchange(request, limit, limit);
    } catch (IOException e) {
      throw failure(
          ForbiddenAddressException.in(e)
              .map(forbidden -> "its address is none that may be called")
              .orElseGet(() -> reason(NetworkFailure.of(NetworkFailure.cause(e)))));
    }
  }

  private static String reason(NetworkFailure failure) {
    return switch (failure) {
      case UNKNOWN_HOST -> "its name is not known";
      case NO_CONNECTION -> "there is no connection";
      case TIMEOUT -> "it did not answer in time";
      case UNTRUSTED -> "its certificate is not trusted";
      case BROKEN -> "the connection broke";
    };
  }

  /** These two services say in the body of a successful answer that they refuse a message. */
  private Optional<String> refusal(HttpAnswer answer) {
    return switch (hook.template()) {
      case DINGTALK -> refusal(answer, "errcode", "errmsg");
      case FEISHU ->
          answer.json().filter(body -> body.has("StatusCode")).isPresent()
              ? refusal(answer, "StatusCode", "StatusMessage")
              : refusal(answer, "code", "msg");
      case SLACK, TEAMS, JSON -> Optional.empty();
    };
  }

  private Optional<String> refusal(HttpAnswer answer, String code, String message) {
    Optional<JsonNode> body = answer.json().filter(document -> document.path(code).isNumber());
    if (body.isEmpty()) {
      return Optional.of("its answer has no " + code + excerpt(answer.text()));
    }
    long number = body.get().path(code).asLong();
    return number == 0
        ? Optional.empty()
        : Optional.of(code + " " + number + excerpt(body.get().path(message).asText("")));
  }

  private String excerpt(String text) {
    return ServerText.excerpt(Redacted.of(text, redactor), MAX_EXCERPT);
  }

  /** Without a cause: what a client says of a call may repeat the address, which is a secret. */
  private PortException failure(String reason) {
    return new PortException(
        FailureKind.UNAVAILABLE,
        String.format(Locale.ROOT, "could not send a notice to %s: %s", name(), reason));
  }

  /** Aborts a running call, and releases connections. */
  @Override
  public void close() {
    transport.close();
  }
}
