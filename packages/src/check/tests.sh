# shellcheck shell=bash
# Tests of what uses more than a plain task does, on the packaged runtime

# Bouncy Castle comes from the jar, which lacks some of its files. A test that is left out here shows nothing.
tests() {
  local module=$1
  shift
  mvn -B -Pfast -pl "$module" -am test-compile "$@" "-Djvm=$home/runtime/bin/java" \
    "-Dmaven.test.dependency.excludes=org.bouncycastle:*" "-Dmaven.test.additionalClasspath=$home/avatar.jar" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false &&
    grep -q 'Tests run: .*Skipped: 0$' "$log" && ! grep 'Skipped: [1-9]' "$log"
}

check_tests() {
  has mvn || { untried tests "no Maven" && return; }
  step "runtime: SSH, signed commits and LFS" tests avatar-adapters-git surefire:test -Dsoak=true \
    -Dtest=JGitRepositoryOverOpenSshTest,SignedCommitsTest,LfsTest
  if has nats-server; then
    step "runtime: a queue on NATS, its logins and TLS" tests avatar-adapters-nats surefire:test \
      -Dtest=NatsQueueTest,LoginsTest
  else
    untried "runtime: a queue on NATS" "needs nats-server"
  fi
  step "runtime: whole avatars, with agents and operators" tests avatar-runner-cli \
    failsafe:integration-test failsafe:verify "-Davatar.command=$home/bin/avatar" \
    -Dit.test=PackagedAvatarIT,AgentIT,OperatedAvatarIT,SignalledAvatarIT,SecondDialectIT
}
