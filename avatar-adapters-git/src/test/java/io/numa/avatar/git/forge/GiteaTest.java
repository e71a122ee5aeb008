package io.numa.avatar.git.forge;

import mockwebserver3.MockResponse;

final class GiteaTest extends ForgeContract {
  @Override
  FakeForge forge() {
    return new FakeGitea();
  }

  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().body("[]").build();
  }
}
