package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;

/** Breaks: wrappers pass on each method. */
record ForgetsToPrepare(Egress wrapped) implements Egress {
  @Override
  public EgressWay open(EgressRequest request) {
    return wrapped.open(request);
  }
}
