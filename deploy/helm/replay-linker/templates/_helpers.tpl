{{- define "replay-linker.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "replay-linker.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "replay-linker.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "replay-linker.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "replay-linker.selector" -}}
app.kubernetes.io/name: {{ include "replay-linker.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "replay-linker.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "replay-linker.selector" . }}
{{- end -}}

{{- define "replay-linker.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "replay-linker.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "replay-linker.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{/* trace.max-visits becomes REPLAY_LINKER_TRACE_MAX_VISITS. */}}
{{- define "replay-linker.variable" -}}
{{- printf "REPLAY_LINKER_%s" (. | replace "." "_" | replace "-" "_" | upper) -}}
{{- end -}}

{{/* Numbers arrive as floating point, and 50000000 would be written as 5e+07. */}}
{{- define "replay-linker.value" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* The file of settings, without what differs between join and sink. */}}
{{- define "replay-linker.properties" -}}
{{- $own := list "roles" "http.port" "http.bind" "http.advertised" -}}
{{- range $name, $value := .Values.config }}
{{- if has $name $own }}
{{- fail (printf "config.%s: is set by the chart itself; see join, sink and http" $name) }}
{{- end }}
{{- $text := include "replay-linker.value" $value }}
{{- if $text }}
{{ $name }}={{ $text | replace "\\" "\\\\" }}
{{- end }}
{{- end }}
http.port={{ include "replay-linker.value" .Values.http.port }}
http.bind=0.0.0.0
{{- end -}}

{{/* Where a setting is the content of a file of the Secret. */}}
{{- define "replay-linker.secretEnv" -}}
{{- range $name, $key := .Values.secrets.settings }}
- name: {{ include "replay-linker.variable" $name }}_FILE
  value: /etc/replay-linker-secrets/{{ $key }}
{{- end }}
{{- end -}}

{{- define "replay-linker.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
{{ toYaml .times }}
{{- end -}}

{{/* One pod of a part: root, name (join or sink), part (its values), roles. */}}
{{- define "replay-linker.pod" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
metadata:
  labels:
    {{- include "replay-linker.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # A change of the settings starts the pods anew.
    checksum/config: {{ include "replay-linker.properties" $root | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with .part.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "replay-linker.serviceAccount" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
  securityContext:
    {{- toYaml $values.podSecurityContext | nindent 4 }}
  {{- with $values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  containers:
    - name: worker
      image: {{ include "replay-linker.image" $root }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args: [run, --config, /etc/replay-linker/replay-linker.properties]
      ports:
        - name: http
          containerPort: {{ $values.http.port }}
      env:
        - name: REPLAY_LINKER_ROLES
          value: {{ .roles | quote }}
        - name: REPLAY_LINKER_LOG_FORMAT
          value: {{ $values.log.format }}
        - name: REPLAY_LINKER_LOG_LEVEL
          value: {{ $values.log.level }}
        # Where the other pods ask for the row of this one in the list of all workers.
        - name: POD_IP
          valueFrom:
            fieldRef:
              fieldPath: status.podIP
        - name: REPLAY_LINKER_HTTP_ADVERTISED
          value: "$(POD_IP):{{ $values.http.port }}"
        {{- with $values.jvmOptions }}
        - name: JDK_JAVA_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with include "replay-linker.secretEnv" $root }}
        {{- trim . | nindent 8 }}
        {{- end }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with .part.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $values.extraEnvFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      startupProbe:
        {{- include "replay-linker.probe" (dict "path" "/livez" "times" $values.probes.startup) | nindent 8 }}
      livenessProbe:
        {{- include "replay-linker.probe" (dict "path" "/livez" "times" $values.probes.liveness) | nindent 8 }}
      readinessProbe:
        {{- include "replay-linker.probe" (dict "path" "/readyz" "times" $values.probes.readiness) | nindent 8 }}
      securityContext:
        {{- toYaml $values.securityContext | nindent 8 }}
      resources:
        {{- toYaml .part.resources | nindent 8 }}
      volumeMounts:
        - name: settings
          mountPath: /etc/replay-linker
          readOnly: true
        {{- if $values.secrets.existingSecret }}
        - name: secrets
          mountPath: /etc/replay-linker-secrets
          readOnly: true
        {{- end }}
        - name: tmp
          mountPath: /tmp
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: settings
      configMap:
        name: {{ include "replay-linker.fullname" $root }}
    {{- with $values.secrets.existingSecret }}
    - name: secrets
      secret:
        secretName: {{ . }}
        defaultMode: 0440
    {{- end }}
    # Native libraries are unpacked there at each start and run.
    - name: tmp
      emptyDir:
        sizeLimit: 256Mi
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .part.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .part.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .part.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .part.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
