# shellcheck shell=bash
# The image

# With runc and limits of its own: neither crun on a machine with both kinds of control groups, nor podman's limits in a
# container, are to be had everywhere.
engine() {
  podman --runtime runc --cgroup-manager cgroupfs "$@"
}

limits=(--network host --ulimit "nofile=4096:4096" --ulimit "nproc=4096:4096")

container() {
  engine run --rm "${limits[@]}" "$@"
}

# The image's health check against a server of its own, and then against none that answers.
healthy() {
  local id code
  id=$(engine run -d "${limits[@]}" -v "$work/world/image.yaml:/etc/numa-avatar/config.yaml:ro" \
    -v "$work/world/ca.pem:/etc/numa-avatar/ca.pem:ro" -v "$work/world/trust.p12:/etc/numa-avatar/trust.p12:ro" \
    -e "AVATAR_JAVA_OPTS=$(trust /etc/numa-avatar/trust.p12)" "$image") || return
  for _ in $(seq 60); do
    engine exec "$id" bash -c 'exec 3<>/dev/tcp/127.0.0.1/7302' 2>/dev/null && break
    sleep 1
  done
  engine exec "$id" bash -c 'exec 3<>/dev/tcp/127.0.0.1/7302' && engine exec "$id" /usr/lib/numa-avatar/health
  code=$?
  engine logs "$id" 2>&1 | tail -n 20
  engine rm -f -t 20 "$id"
  return $code
}

# The configuration that the manifests mount, with their secrets.
of_the_manifests() {
  mkdir -p "$work/secrets" && echo a-token-of-the-backend >"$work/secrets/backend-token" &&
    echo a-token-of-the-git-host >"$work/secrets/git-token" && chmod 644 "$work/secrets/"*
  container -v "$PWD/deploy/kubernetes/config.yaml:/etc/numa-avatar/config.yaml:ro" \
    -v "$work/secrets:/run/secrets/numa-avatar:ro" -e AVATAR_AVATAR__ID=pod-0 \
    "$image" config check --config /etc/numa-avatar/config.yaml
}

imaged() {
  sed 's/^  id: check/  id: image/' "$work/world/config.yaml" >"$work/world/image.yaml" && chmod 644 "$work/world/image.yaml"
}

check_image() {
  image=localhost/numa-avatar:${version,,}
  has podman && has runc || { untried image "needs podman and runc" && return; }
  [ -f "$target/numa-avatar-$version-image.tar" ] || { untried image "packages/build has made none" && return; }
  step "image: loads" podman load -i "$target/numa-avatar-$version-image.tar"
  image=$(podman images -q --filter "reference=*numa-avatar:${version,,}" | head -n 1)
  step "image: runs" container "$image" --version
  step "image: the configuration of the manifests has no errors" of_the_manifests
  need_world || return
  step "image: its configuration" imaged
  step "image: runs, and its health check asks /livez" healthy
  step "image: sandbox check holds what landlock holds" says "egress by landlock" container "$image" sandbox check
  step "image: sandbox check without the runtime's masks holds what bubblewrap holds" says "egress by bubblewrap" \
    container --security-opt seccomp=unconfined --security-opt unmask=ALL "$image" sandbox check
}
