package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.wiring.StoredAvatar;
import io.numa.avatar.server.call.CallParameters;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.time.TimeSource;
import java.util.Map;

/** Answers calls from the files of an avatar that does not run. */
final class StoredCalls implements AvatarCalls {
  private final StoredAvatar avatar;
  private final OperatorCalls calls;

  StoredCalls(StoredAvatar avatar) {
    this.avatar = avatar;
    this.calls = new OperatorCalls(avatar.overview(), new NoControls());
  }

  @Override
  public boolean running() {
    return false;
  }

  @Override
  public JsonNode call(String word, Map<String, String> parameters) {
    return calls
        .read(word, new CallParameters(parameters, TimeSource.SYSTEM.clock()))
        .orElseThrow(NoControls::refused);
  }

  @Override
  public void close() {
    avatar.close();
  }
}
