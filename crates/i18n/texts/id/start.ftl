# The start page.
start-title = { $n ->
    [1] Satu hal menunggu Anda
   *[other] { $n } hal menunggu Anda
}
start-title-none = Tidak ada yang menunggu Anda
start-to-do = Yang harus Anda kerjakan
start-waiting = Menunggu orang lain
start-none = Semua sudah selesai
start-none-text = Bila ada yang perlu Anda kerjakan, akan muncul di sini dengan batas waktunya.
start-new = Baru
start-overdue = Lewat batas
start-in-progress = Sedang berjalan
start-plan-begin = Susun SKP { $year }
start-plan-begin-meta = Anda dapat mulai sekarang, walau SKP atasan belum selesai.
start-plan-returned = Perbaiki SKP { $year }
start-plan-returned-meta = Dikembalikan { $at } dengan catatan.
start-plan-draft = Lanjutkan SKP { $year }
start-plan-draft-meta = Terakhir disimpan { $at }.
start-read-result = Baca predikat { $period } { $year }
start-read-result-meta = Hari keberatan dihitung sejak Anda membacanya. Penilai: { $name }
start-log-today = Catat pekerjaan hari ini
start-log-today-meta = Cukup satu kalimat dan satu ketukan.
start-decide-plan = Periksa SKP { $name }
start-decide-plan-meta = Diajukan { $at }.
start-rate = Nilai { $period }: { $open } dari { $all } pegawai belum final
start-rate-meta = Bukti dan umpan balik tiap pegawai tersedia di samping penilaian.
start-wait-plan = SKP { $year } Anda
start-wait-plan-meta = Pada { $name } sejak { $at }.
start-wait-days = { $n } hari
start-wait-rating = Penilaian { $period } { $year }
start-wait-rating-meta = Penilai: { $name }
start-outcomes = Hasil Anda
start-team-people = Pegawai
start-team-approved = SKP { $year } disetujui
start-team-final = Penilaian { $period } final
start-team-of = { $n } dari { $all }
start-team-all = Lihat seluruh tim
start-find = Cari di tempat lain
start-find-services = Kepuasan dan waktu layanan menurut warga
start-find-people = Siapa bekerja di mana
