# shellcheck shell=bash
# The manifests

typescript() {
  mkdir -p "$work/npm" && cp "$check/manifests.mjs" "$work/npm/" &&
    (cd "$work/npm" && npm install --no-audit --no-fund --no-save kubernetes-models@5.1.0 js-yaml@5 typescript@5)
}

manifests() {
  kubectl kustomize deploy/kubernetes | node "$work/npm/manifests.mjs" >"$work/npm/manifests.ts" &&
    grep -c '^export const' "$work/npm/manifests.ts" && typed "$work/npm/manifests.ts"
}

typed() {
  (cd "$work/npm" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck --module nodenext "$1")
}

# The check can fail.
mistaken() {
  sed 's/"livenessProbe"/"liveProbe"/' "$work/npm/manifests.ts" >"$work/npm/mistaken.ts"
  says "'\"liveProbe\"' does not exist" typed "$work/npm/mistaken.ts"
}

check_manifests() {
  has kubectl && has npm || { untried manifests "needs kubectl and npm" && return; }
  step "manifests: the Kubernetes API's types" typescript
  step "manifests: kustomize builds them, and they fit the types" manifests
  step "manifests: a wrong field is found" mistaken
}
