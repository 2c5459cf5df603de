# Completes the words of belfry. Use it by: source <(belfry completion bash)
_belfry() {
  local word meaning
  COMPREPLY=()
  while IFS=$'\t' read -r word meaning; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _belfry belfry
