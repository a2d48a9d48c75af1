FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /site
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
 && useradd --uid 10001 --no-create-home site && mkdir /data && chown 10001:10001 /data
COPY . .
RUN python -c "from community.catalogue import compile_stale; compile_stale()"
USER 10001:10001
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
